import { mostListBytes, receiveBlockList } from "@/lib/channels/commands/import-blocks";
import { answerUpload } from "@/lib/upload-answer";

type Context = { params: Promise<{ id: string }> };

/**
 * Reads a block list: multipart with `file`. Nothing is saved: a form goes on to the preview by 303, or back with the refusal in the
 * address; a machine gets 201 with the preview's id, or the refusal's status as JSON.
 */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { id } = await params;
  const here = `/channels/${id}/blocks/import`;
  return answerUpload(request, {
    ...{ here, event: "block-list", about: { channel: id }, patience: 5 * mostListBytes },
    take: async (actor, patience) => ({ importId: await receiveBlockList(actor, id, request, patience) }),
    done: ({ importId }) => `${here}/${importId}`,
    // "malformed" of the upload itself is not a quote left open in the list.
    codes: { malformed: "unreadable" },
  });
}
