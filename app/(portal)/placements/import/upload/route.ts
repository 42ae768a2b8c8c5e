import { mostPlaceListBytes, receivePlaceList } from "@/lib/placements/commands/import-places";
import { answerUpload } from "@/lib/upload-answer";

const here = "/placements/import";

/**
 * Reads a list of places: multipart with `file` (CSV or .xlsx). Nothing is made: a form goes on to the preview by 303, or back with the
 * refusal in the address; a machine gets 201 with the preview's id, or the refusal's status as JSON.
 */
export async function POST(request: Request): Promise<Response> {
  return answerUpload(request, {
    ...{ here, event: "place-list", patience: 5 * mostPlaceListBytes },
    take: async (actor, patience) => ({ importId: await receivePlaceList(actor, request, patience) }),
    done: ({ importId }) => `${here}/${importId}`,
    // "malformed" of the upload itself is not a quote left open in the list.
    codes: { malformed: "unreadable" },
  });
}
