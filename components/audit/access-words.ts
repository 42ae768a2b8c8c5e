import type { Locale } from "@/lib/locale";
import { hasSentence, sentence } from "@/lib/messages";

/** What was done, in words. */
export function accessWord(action: string, locale: Locale): string {
  const key = `audit.access.actions.${action}`;
  return hasSentence(key, locale) ? sentence(key, locale) : action;
}

/** Who it was: a person by name, else the kind of actor. */
export function accessActorWord(
  row: { actorKind: string; actorName: string | null; actorId: string },
  locale: Locale,
): string {
  if (row.actorName) return row.actorName;
  const key = `audit.actors.${row.actorKind}`;
  return hasSentence(key, locale) ? sentence(key, locale) : `${row.actorKind} ${row.actorId.slice(0, 8)}`;
}
