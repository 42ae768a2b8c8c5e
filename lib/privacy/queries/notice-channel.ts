import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { NotFound } from "@/lib/errors";

/** The channel of a notice. @throws NotFound */
export function channelOfNotice(actor: Actor, noticeId: string): Promise<string> {
  return read(actor, "notice:read", async (tx) => {
    const notice = await tx.notice.findUnique({ where: { id: noticeId }, select: { channelId: true } });
    if (!notice) throw new NotFound();
    return notice.channelId;
  });
}
