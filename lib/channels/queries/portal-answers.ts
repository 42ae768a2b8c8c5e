import { loadTerms } from "@/lib/archive/reckoning";
import { addDays, type Day, kstDayStart } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import type { NoticeVersionFact } from "@/lib/privacy/rules/notice-life";
import { portalAnswers } from "../rules/portal-answers";
import type { CheckAnswer } from "../rules/profile-check";

type Version = NoticeVersionFact & { channelId: string; noticeId: string };
type Form = { id: string; number: number; channelId: string | null; approvedAt: Date };

/** What policies, notices and consent forms say of onboarding, by channel: three queries, however many channels there are. */
export async function portalAnswersOf(
  tx: Tx,
  channelIds: readonly string[],
  today: Day,
): Promise<Map<string, CheckAnswer[]>> {
  const ids = [...channelIds];
  // Everything that was approved until the end of the asked day counts on it.
  const now = new Date(Math.min(Date.now(), kstDayStart(addDays(today, 1)).getTime() - 1));
  const terms = await loadTerms(tx);
  const versions = await tx.$queryRaw<(Omit<Version, "steps"> & { steps: { kind: string; at: string }[] })[]>`
    SELECT n.channel_id AS "channelId", n.id AS "noticeId", v.id, v.number, '' AS hash,
      (SELECT json_agg(json_build_object('kind', s.kind, 'at', s.at) ORDER BY s.at, s.id) FROM notice_steps s WHERE s.version_id = v.id) AS steps
    FROM notices n JOIN notice_versions v ON v.notice_id = n.id WHERE n.channel_id = ANY(${ids}::uuid[])
      AND EXISTS (SELECT FROM notice_steps s WHERE s.version_id = v.id) ORDER BY n.id, v.number`;
  const forms = await tx.$queryRaw<Form[]>`
    SELECT f.id, f.number, f.channel_id AS "channelId", min(s.at) AS "approvedAt" FROM consent_forms f JOIN consent_steps s ON s.form_id = f.id
    WHERE f.retired_at IS NULL AND s.kind = 'approved' AND (f.channel_id IS NULL OR f.channel_id = ANY(${ids}::uuid[]))
    GROUP BY f.id ORDER BY min(s.at), f.number`;
  const known = new Map<string, Version[]>();
  for (const { steps, ...version } of versions) {
    const dated = steps.map(({ kind, at }) => ({ kind, hash: "", personId: "", at: new Date(at) }));
    known.set(version.channelId, [...(known.get(version.channelId) ?? []), { ...version, steps: dated }]);
  }
  return new Map(
    ids.map((channelId) => {
      const own = known.get(channelId) ?? [];
      const [first] = own;
      const facts = {
        ...{ channelId, terms, notice: first ? { id: first.noticeId, versions: own } : null },
        forms: forms.filter((form) => form.channelId === null || form.channelId === channelId),
      };
      return [channelId, portalAnswers(facts, now)];
    }),
  );
}
