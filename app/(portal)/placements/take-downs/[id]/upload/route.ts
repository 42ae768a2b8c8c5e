import { leaveSentence } from "@/lib/action";
import { proveTask } from "@/lib/placements/commands/close-task";
import { answerUpload } from "@/lib/upload-answer";

type Context = { params: Promise<{ id: string }> };

/**
 * Takes a file as the proof that a button is gone: multipart with taskId, reason, then `file`. A form comes back by 303 to the campaign, or to
 * the place where it was refused; a machine gets 201 or the refusal's status as JSON.
 */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { id } = await params;
  const here = `/placements/take-downs/${encodeURIComponent(id)}`;
  const task = encodeURIComponent(new URL(request.url).searchParams.get("task") ?? "");
  return answerUpload(request, {
    ...{ here, event: "proof", about: { campaign: id }, patience: 100 * 2 ** 20 },
    take: (actor, patience) => proveTask(actor, id, request, patience, new Date()),
    done: async () => {
      await leaveSentence(here, "placements.takeDown.done.closed");
      return here;
    },
    back: (refusal) => `${here}/tasks/${task}?${refusal}#proof`,
    codes: { conflict: "changed" },
  });
}
