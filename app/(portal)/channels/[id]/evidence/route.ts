import { leaveSentence } from "@/lib/action";
import { mostEvidenceBytes, receiveEvidence } from "@/lib/channels/commands/attach-evidence";
import { answerUpload } from "@/lib/upload-answer";

type Context = { params: Promise<{ id: string }> };

/**
 * Takes an evidence file: multipart with `item`, `note`, then `file`. A form comes back to its page by 303, with the refusal beside
 * its item (named in the address, since a body too large is never read); a machine gets 201 or the refusal's status as JSON.
 */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { id } = await params;
  const here = `/channels/${id}`;
  return answerUpload(request, {
    ...{ here, event: "evidence", about: { channel: id }, patience: 5 * mostEvidenceBytes },
    take: (actor, patience) => receiveEvidence(actor, id, request, patience),
    done: async ({ item, repeated }) => {
      await leaveSentence(here, repeated ? "channels.done.repeated" : "channels.done.attached");
      return `${here}#item-${item}`;
    },
    back: (refusal) => {
      const item = new URL(request.url).searchParams.get("item") ?? "";
      return `${here}?${new URLSearchParams([["item", item], ...refusal])}#item-${encodeURIComponent(item)}`;
    },
  });
}
