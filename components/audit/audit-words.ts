import type { SentenceValues } from "@/lib/errors";
import { asLocale, type Locale } from "@/lib/locale";
import { hasSentence, sentence } from "@/lib/messages";

/** What an entry needs of itself to be put in words. */
export type Told = {
  action: string;
  actor: { kind: string; id: string; name: string | null };
  address: string;
  target: { kind: string; id: string; name: string | null };
  body: string;
};

function word(key: string, locale: Locale, otherwise: string, values?: SentenceValues): string {
  return hasSentence(key, locale) ? sentence(key, locale, values) : otherwise;
}

/** What was done, e.g. 버튼 내림. */
export function actionWord(action: string, locale: string): string {
  return word(`audit.actions.${action}`, asLocale(locale), action);
}

/** Who did it: a person by name, a dealer's connection, a job, the operator. */
export function actorWord({ actor }: Pick<Told, "actor">, locale: string): string {
  const language = asLocale(locale);
  if (actor.kind === "dealer" && actor.name) return sentence("audit.actors.dealer", language, { name: actor.name });
  if (actor.kind === "dealer") return sentence("audit.actors.dealerUnknown", language);
  return actor.name ?? word(`audit.actors.${actor.kind}`, language, actor.kind);
}

/** Where from: an address, or what ran on the server itself. */
export function placeWord({ actor, address }: Pick<Told, "actor" | "address">, locale: string): string {
  const language = asLocale(locale);
  if (actor.kind === "job") return word(`audit.jobs.${actor.id}`, language, actor.id);
  return address === "local" ? sentence("audit.local", language) : address;
}

/** What it was done to, in one line: a name where there is one, else the kind; with the counts that the entry holds. */
export function targetWord(event: Told, locale: string): string {
  const language = asLocale(locale);
  const { target } = event;
  const values = valuesOf(event.body);
  const detail = detailWord(event.action, values, language);
  if (target.kind === "permission") return target.id;
  if (target.kind === "audit") return detail ?? sentence("audit.targets.audit", language);
  const name = target.name ?? word(`audit.targets.${target.kind}`, language, target.kind);
  return detail ? `${name} · ${detail}` : name;
}

function detailWord(action: string, values: Record<string, unknown>, locale: Locale): string | null {
  const say = (key: string, named: SentenceValues) => sentence(`audit.details.${key}`, locale, named);
  const { count, seq, fault, sound, code } = values;
  if (action === "audit.exported" && typeof count === "number") return say("rows", { count });
  if (action === "audit.checkpointed" && typeof seq === "number") return say("upTo", { seq });
  if (action === "audit.verified" && sound === true && typeof seq === "number")
    return seq === 0 ? say("chainEmpty", {}) : say("chain", { seq });
  if (action === "audit.verified") {
    const at = typeof fault === "object" && fault !== null && "seq" in fault ? fault.seq : null;
    return typeof at === "number" ? say("chainBroken", { seq: at }) : say("chainBrokenSomewhere", {});
  }
  if (typeof count === "number") return say("count", { count });
  return typeof code === "string" ? code : null;
}

/** The recorded values, or none where the text is not an object. */
export function valuesOf(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    // A body put in by hand need not be JSON; the page shows the entry all the same.
    return {};
  }
}
