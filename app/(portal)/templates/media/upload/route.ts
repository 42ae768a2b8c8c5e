import { leaveSentence } from "@/lib/action";
import { uploadMedia } from "@/lib/templates/commands/upload-media";
import { answerUpload } from "@/lib/upload-answer";

const here = "/templates/media";

/**
 * Takes a file for messages: multipart with `kind` and `alt`, then `file`. A form comes back to its page by 303, with the refusal named in
 * the address; a machine, and the console's own script, get 201 or the refusal's status as JSON.
 */
export async function POST(request: Request): Promise<Response> {
  return answerUpload(request, {
    ...{ here, event: "media", patience: 20 * 2 ** 20 },
    take: async (actor, patience) => {
      const kept = await uploadMedia(actor, request, patience);
      const done = kept.repeated ? "repeated" : kept.cleaned > 0 ? "cleaned" : "uploaded";
      await leaveSentence(here, `templates.media.done.${done}`);
      return kept;
    },
    done: ({ mediaId }) => `${here}/${mediaId}`,
    back: (refusal) => `${here}?${refusal}#upload`,
  });
}
