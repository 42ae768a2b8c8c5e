import { leaveSentence } from "@/lib/action";
import { mostDocumentBytes, uploadDocument } from "@/lib/dealers/commands/upload-document";
import { answerUpload } from "@/lib/upload-answer";

type Context = { params: Promise<{ id: string }> };

/**
 * Takes a paper of a contract: multipart with `kind`, `signedOn`, `replacesId`, then `file`. A form comes back to the documents by 303,
 * with the refusal named in the address; a machine gets 201 or the refusal's status as JSON.
 */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { id } = await params;
  const here = `/dealers/contracts/${id}/documents`;
  return answerUpload(request, {
    ...{ here, event: "document", about: { contract: id }, patience: 2 * mostDocumentBytes },
    take: (actor, patience) => uploadDocument(actor, id, request, patience),
    done: async ({ repeated }) => {
      await leaveSentence(here, `dealers.contracts.done.${repeated ? "repeated" : "uploaded"}`);
      return here;
    },
    back: (refusal) => `${here}?${refusal}#upload`,
  });
}
