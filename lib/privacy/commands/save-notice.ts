import { randomUUID } from "node:crypto";
import { type Actor, type PersonActor, personOf } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";
import { Conflict, Refused } from "@/lib/errors";
import { type NoticeWords, noticeHash } from "../rules/notice-content";
import { assertMaySave } from "../rules/notice-life";
import type { SaveNotice } from "../schema/notice";
import { type LockedNotice, lockNoticeOf } from "./notice-lock";

/**
 * Saves the draft of a channel's notice: the first version, the next save of a draft, or the next version once the newest is no draft any more.
 * @returns the notice and the number of the version
 * @throws NotFound for an unknown channel; Conflict when somebody saved meanwhile; Refused when it says nothing new or waits for a decision
 */
export async function saveNotice(
  actor: Actor,
  { channelId, number, save, ...words }: SaveNotice,
): Promise<{ noticeId: string; number: number }> {
  return change(actor, "notice:edit", async (tx, record) => {
    const person = personOf(actor);
    const notice = await lockNoticeOf(tx, channelId);
    const newest = notice?.versions.at(-1) ?? null;
    if ((newest?.number ?? 0) !== number || (newest?.save ?? 0) !== save) {
      throw new Conflict("privacy.notices.stale", { number: newest?.number ?? 0 });
    }
    const hash = noticeHash(words);
    if (newest?.hash === hash) throw new Refused("privacy.notices.refused.unchanged", "source");
    const draft = newest && ["draft", "rejected"].includes(newest.state) ? newest : null;
    if (newest?.state === "submitted") assertMaySave(newest.state);
    const noticeId = notice?.id ?? randomUUID();
    const saved = draft
      ? await addSave(tx, person, draft, words, hash)
      : await addVersion(tx, person, { id: noticeId, channelId, isNew: !notice, number: number + 1 }, words, hash);
    await record({
      action: "notice.saved",
      target: { kind: "notice", id: noticeId },
      body: { channel: channelId, version: saved.number, save: saved.save, hash },
    });
    return { noticeId, number: saved.number };
  });
}

type Saved = { number: number; save: number };

async function addSave(
  tx: Tx,
  { organizationId, personId }: PersonActor,
  version: LockedNotice["versions"][number],
  words: NoticeWords,
  hash: string,
): Promise<Saved> {
  const save = version.save + 1;
  await tx.noticeVersion.update({ where: { id: version.id }, data: { save } });
  await tx.noticeSave.create({
    data: { organizationId, versionId: version.id, number: save, ...words, hash, personId },
  });
  return { number: version.number, save };
}

async function addVersion(
  tx: Tx,
  { organizationId, personId }: PersonActor,
  { id, channelId, isNew, number }: { id: string; channelId: string; isNew: boolean; number: number },
  words: NoticeWords,
  hash: string,
): Promise<Saved> {
  if (isNew) await tx.notice.create({ data: { id, organizationId, channelId, version: number } });
  else await tx.notice.update({ where: { id }, data: { version: number } });
  const versionId = randomUUID();
  await tx.noticeVersion.create({
    data: { id: versionId, organizationId, noticeId: id, number, createdBy: personId, save: 1 },
  });
  await tx.noticeSave.create({ data: { organizationId, versionId, number: 1, ...words, hash, personId } });
  return { number, save: 1 };
}
