import { receiveTemplateImport } from "@/lib/templates/commands/receive-import";
import { answerUpload } from "@/lib/upload-answer";

const here = "/templates/transfer";

/**
 * Reads a pack (ZIP) or a list of texts (CSV): multipart with `files`, then `file`. No template is made: a form goes on to the preview by 303,
 * or back with the refusal in the address; a machine gets 201 with the preview's id, or the refusal's status as JSON.
 */
export async function POST(request: Request): Promise<Response> {
  return answerUpload(request, {
    ...{ here, event: "template-import", patience: 20 * 2 ** 20 },
    take: async (actor, patience) => ({ importId: await receiveTemplateImport(actor, request, patience) }),
    done: ({ importId }) => `${here}/${importId}`,
  });
}
