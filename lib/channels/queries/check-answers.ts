import type { Tx } from "@/lib/db/client";
import { type CheckAnswer, type CheckKind, checkKinds, countingAnswers, readAnswers } from "../rules/profile-check";

/** What the newest check of each kind says (countingAnswers), by channel: one query, however long the history. */
export async function newestAnswers(tx: Tx, channelIds: readonly string[]): Promise<Map<string, CheckAnswer[]>> {
  const checks = await tx.$queryRaw<{ id: string; channelId: string; kind: CheckKind; at: Date; answers: unknown }[]>`
    SELECT newest.id, newest.channel_id AS "channelId", newest.kind, newest.at, newest.answers
    FROM unnest(${[...channelIds]}::uuid[]) AS asked(id) CROSS JOIN unnest(${[...checkKinds]}::text[]) AS kinds(kind)
    CROSS JOIN LATERAL (
      SELECT * FROM channel_checks WHERE channel_id = asked.id AND kind = kinds.kind ORDER BY at DESC, id DESC LIMIT 1
    ) newest`;
  const found = new Map<string, CheckAnswer[]>();
  for (const { id, channelId, kind, at, answers } of checks) {
    const said = countingAnswers({ id, kind, at, answers: readAnswers(answers) });
    found.set(channelId, [...(found.get(channelId) ?? []), ...said]);
  }
  return found;
}
