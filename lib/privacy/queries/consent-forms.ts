import { z } from "zod";
import { loadTerms } from "@/lib/archive/reckoning";
import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/prisma/generated/client";
import {
  type ConsentKind,
  type ConsentStanding,
  consentMessage,
  consentState,
  consentWords,
  ownPeriod,
} from "../rules/consent";
import type { ConsentFormRow, ConsentFormView, ConsentStepView, ConsentVersionView } from "../rules/consent-view";
import { noticePeriods } from "../rules/notice-facts";
import { periodText } from "../rules/period-words";

const noCounts: Record<ConsentStanding, number> = { given: 0, refused: 0, withdrawn: 0, again: 0 };

/** Forms by number, fifty a page. @param after number of the last one before */
export function listConsentForms(
  actor: Actor,
  { after, retired = false }: { after?: string | null; retired?: boolean },
): Promise<{ items: ConsentFormRow[]; next: string | null }> {
  return read(actor, "consent-form:read", async (tx) => {
    const from = z.coerce.number().int().min(0).max(1_000_000).safeParse(after).data ?? 0;
    const rows = await tx.consentForm.findMany({
      where: { number: { gt: from }, ...(retired ? {} : { retiredAt: null }) },
      orderBy: { number: "asc" },
      take: 51,
      include: {
        channel: { select: { id: true, name: true } },
        steps: { select: { kind: true, number: true, hash: true, personId: true, at: true }, orderBy: { at: "desc" } },
      },
    });
    const page = rows.slice(0, 50);
    const counts = await countsOf(
      tx,
      page.map(({ id }) => id),
    );
    const items = page.map(
      ({ id, number, name, kind, channel, retiredAt, version, steps }): ConsentFormRow => ({
        ...{
          id,
          number,
          name,
          kind: kind as ConsentKind,
          channel,
          retiredAt,
          version,
          state: consentState(version, steps),
        },
        askedVersion: steps.find((step) => step.kind === "approved")?.number ?? null,
        counts: counts.get(id) ?? noCounts,
      }),
    );
    return { items, next: rows.length > 50 ? String(items.at(-1)?.number) : null };
  });
}

/** One form with its versions and steps, or null. @throws Forbidden */
export function getConsentForm(actor: Actor, id: string, now: Date): Promise<ConsentFormView | null> {
  return read(actor, "consent-form:read", async (tx) => {
    if (!z.uuid().safeParse(id).success) return null;
    const form = await tx.consentForm.findUnique({
      where: { id },
      include: {
        channel: { select: { id: true, name: true } },
        versions: { orderBy: { number: "desc" }, take: 200 },
        steps: { orderBy: [{ at: "desc" }, { id: "desc" }], take: 200 },
      },
    });
    const [newest] = form?.versions ?? [];
    if (!form || !newest) return null;
    const persons = await tx.person.findMany({
      where: { id: { in: [...new Set([...form.versions, ...form.steps].map(({ personId }) => personId))] } },
      select: { id: true, name: true },
    });
    const name = (personId: string) => persons.find((person) => person.id === personId)?.name ?? "";
    const kind = form.kind as ConsentKind;
    const policy = noticePeriods(await loadTerms(tx), form.channelId ?? "", now).main?.period ?? null;
    const versions = form.versions.map(
      (one): ConsentVersionView => ({
        ...{
          id: one.id,
          number: one.number,
          hash: one.hash,
          words: consentWords(one),
          at: one.at,
          by: name(one.personId),
        },
      }),
    );
    const approval = form.steps.find((step) => step.kind === "approved") ?? null;
    const asked = versions.find((one) => one.number === approval?.number) ?? null;
    const today = asked && !ownPeriod(asked.words) ? consentMessage(kind, asked.words, policy) : approval?.sent;
    return {
      ...{ id, number: form.number, name: form.name, kind, channel: form.channel, retiredAt: form.retiredAt },
      ...{ state: consentState(form.version, form.steps), version: form.version, versions },
      message: consentMessage(kind, consentWords(newest), policy),
      asked:
        asked && approval
          ? { version: asked, since: approval.at, by: name(approval.personId), message: approval.sent ?? "" }
          : null,
      periodMoved:
        approval && today !== approval.sent
          ? { sent: periodIn(approval.sent ?? ""), now: policy ? periodText(policy) : "" }
          : null,
      steps: form.steps.map(
        (step): ConsentStepView => ({
          ...{ id: step.id, kind: step.kind as ConsentStepView["kind"], number: step.number, note: step.note },
          ...{ at: step.at, by: name(step.personId) },
        }),
      ),
      authorIds: [
        ...new Set(
          form.versions.filter(({ number }) => number > (approval?.number ?? 0)).map(({ personId }) => personId),
        ),
      ],
      submitterId: form.steps.find((step) => step.kind === "submitted")?.personId ?? null,
      counts: (await countsOf(tx, [id])).get(id) ?? noCounts,
    };
  });
}

/** The period as a sent message says it. */
function periodIn(message: string): string {
  return /보유 및 이용 기간: (.*)/.exec(message)?.[1] ?? "";
}

/** How many users stand where with each form: the newest answer of each user counts. One query. */
async function countsOf(tx: Tx, formIds: readonly string[]): Promise<Map<string, Record<ConsentStanding, number>>> {
  const rows = await tx.$queryRaw<{ formId: string; standing: ConsentStanding; count: number }[]>`
    SELECT form_id AS "formId", standing, count(*)::int AS count FROM (${standings(Prisma.sql`c.form_id = ANY(${[...formIds]}::uuid[])`)}) t GROUP BY 1, 2`;
  const counts = new Map<string, Record<ConsentStanding, number>>();
  for (const { formId, standing, count } of rows) {
    counts.set(formId, { ...(counts.get(formId) ?? noCounts), [standing]: count });
  }
  return counts;
}

/** The newest answer of each user to each form, with how it stands (rules consentStanding). */
export function standings(where: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    SELECT DISTINCT ON (c.form_id, c.channel_id, c.user_handle) c.id, c.form_id, c.channel_id, c.user_handle, c.at, v.number AS version,
      CASE WHEN w.consent_id IS NOT NULL THEN 'withdrawn' WHEN NOT c.given THEN 'refused' WHEN v.number < a.number THEN 'again' ELSE 'given' END AS standing
    FROM consents c JOIN consent_versions v ON v.organization_id = c.organization_id AND v.id = c.version_id
    LEFT JOIN consent_withdrawals w ON w.consent_id = c.id
    LEFT JOIN LATERAL (SELECT s.number FROM consent_steps s WHERE s.organization_id = c.organization_id AND s.form_id = c.form_id AND s.kind = 'approved'
      ORDER BY s.at DESC LIMIT 1) a ON true
    WHERE c.organization_id = damso_organization() AND ${where} ORDER BY c.form_id, c.channel_id, c.user_handle, c.at DESC, c.recorded_at DESC`;
}
