import { signedIn } from "@/lib/auth/session";
import { Forbidden } from "@/lib/errors";
import { missingAnswer } from "@/lib/file-answer";
import { attachment, safeFileName } from "@/lib/file-name";
import { noticeAt } from "@/lib/privacy/queries/notice-at";
import type { NoticeAt } from "@/lib/privacy/rules/notice-view";
import { askedInstant } from "@/lib/privacy/schema/notice-at";

/** What a user saw at the asked instant as a file. No session, no right, another organization, no instant: answered alike, 404. */
export async function noticeFile(
  request: Request,
  channelId: string,
  { mime, ending, make }: { mime: string; ending: string; make: (seen: NoticeAt) => Promise<Uint8Array> | Uint8Array },
): Promise<Response> {
  const signed = await signedIn();
  if (!signed) return missingAnswer();
  const at = askedInstant(new URL(request.url).searchParams.get("at"), new Date());
  if (at === null) return missingAnswer();
  try {
    const seen = await noticeAt(signed.actor, channelId, at);
    if (!seen) return missingAnswer();
    const file = new Uint8Array(await make(seen));
    const name = `자동 안내_${seen.channel.name}_${at.toISOString().slice(0, 16).replace(":", "")}.${ending}`;
    return new Response(file, {
      headers: {
        "Content-Type": mime,
        "Content-Length": String(file.length),
        "Content-Disposition": attachment(safeFileName(name)),
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
      },
    });
  } catch (error) {
    if (error instanceof Forbidden) return missingAnswer();
    throw error;
  }
}
