import { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { Conflict, NotFound } from "@/lib/errors";
import type { NoticeWords } from "../rules/notice-content";
import { type NoticeState, type NoticeStepFact, type NoticeVersionFact, noticeState } from "../rules/notice-life";

export type LockedVersion = Omit<NoticeVersionFact, "steps"> & {
  /** Number of its newest save. */
  save: number;
  words: NoticeWords;
  state: NoticeState;
  /** Oldest first. */
  steps: (NoticeStepFact & { text: string | null; textHash: string })[];
  /** Who saved it, at any time. */
  authorIds: string[];
};
export type LockedNotice = { id: string; channelId: string; versions: LockedVersion[] };

/** The notice of a channel, held until the change is committed; null: the channel has none yet. @throws NotFound for an unknown channel */
export async function lockNoticeOf(tx: Tx, channelId: string): Promise<LockedNotice | null> {
  const channel = await tx.$queryRaw<
    { id: string }[]
  >`SELECT id FROM channels WHERE id = ${channelId}::uuid FOR NO KEY UPDATE`;
  if (channel.length === 0) throw new NotFound();
  const found = await tx.notice.findFirst({ where: { channelId }, select: { id: true } });
  return found && lockNotice(tx, found.id);
}

/** The notice with its versions, held until the change is committed. @throws NotFound */
export async function lockNotice(tx: Tx, id: string): Promise<LockedNotice> {
  if (!z.uuid().safeParse(id).success) throw new NotFound();
  const held = await tx.$queryRaw<{ channelId: string }[]>`
    SELECT channel_id AS "channelId" FROM notices WHERE id = ${id}::uuid FOR UPDATE`;
  const [notice] = held;
  if (!notice) throw new NotFound();
  const rows = await tx.noticeVersion.findMany({
    where: { noticeId: id },
    orderBy: { number: "asc" },
    include: { saves: { orderBy: { number: "asc" } }, steps: { orderBy: [{ at: "asc" }, { id: "asc" }] } },
  });
  const facts = rows.map((row): Omit<LockedVersion, "state"> => {
    const newest = row.saves.at(-1);
    if (!newest) throw new Error(`Version ${row.number} of notice ${id} was never saved`);
    const { source, hours, summary, weight, hash } = newest;
    return {
      ...{ id: row.id, number: row.number, save: row.save, hash, words: { source, hours, summary, weight } },
      ...{ steps: row.steps, authorIds: [...new Set(row.saves.map(({ personId }) => personId))] },
    };
  });
  return {
    id,
    channelId: notice.channelId,
    versions: facts.map((one) => ({ ...one, state: noticeState(one, facts) })),
  };
}

/** The version that a form is about. @throws NotFound, Conflict when another save of it came meanwhile */
export function versionSeen(notice: LockedNotice, number: number, hash: string): LockedVersion {
  const version = notice.versions.find((one) => one.number === number);
  if (!version) throw new NotFound();
  if (version.hash !== hash) throw new Conflict("privacy.notices.refused.changed", { number });
  return version;
}
