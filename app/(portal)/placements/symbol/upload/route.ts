import { leaveSentence } from "@/lib/action";
import { uploadSymbol } from "@/lib/placements/commands/upload-symbol";
import { answerUpload } from "@/lib/upload-answer";

const here = "/placements/symbol";

/**
 * Takes an artwork: multipart with `kind`, then `file`. A form comes back to its page by 303, with the refusal named in the address; a
 * machine gets 201 or the refusal's status as JSON.
 */
export async function POST(request: Request): Promise<Response> {
  return answerUpload(request, {
    ...{ here, event: "symbol", patience: 20 * 2 ** 20 },
    take: (actor, patience) => uploadSymbol(actor, request, patience),
    done: async ({ repeated }) => {
      await leaveSentence(here, `placements.symbol.done.${repeated ? "repeated" : "uploaded"}`);
      return here;
    },
    back: (refusal) => `${here}?${refusal}#upload`,
  });
}
