import { leaveSentence } from "@/lib/action";
import { receiveScreenshot } from "@/lib/privacy/commands/follow-notice";
import { answerUpload } from "@/lib/upload-answer";

type Context = { params: Promise<{ channelId: string }> };

/**
 * Takes a picture of a chat room as the proof that a version stands there: multipart with noticeId, number, hash, confirmed, then `file`.
 * A form comes back to its page by 303, a machine gets 201 or the refusal's status as JSON.
 */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { channelId } = await params;
  const here = `/privacy/notices/${encodeURIComponent(channelId)}`;
  return answerUpload(request, {
    ...{ here, event: "screenshot", about: { channel: channelId }, patience: 100 * 2 ** 20 },
    take: async (actor, patience) => ({ fileId: await receiveScreenshot(actor, request, patience, new Date()) }),
    done: async () => {
      await leaveSentence(here, "privacy.notices.done.verified");
      return here;
    },
    back: (refusal) => `${here}?${refusal}#screenshot`,
    codes: { conflict: "changed" },
  });
}
