import { type Actor, personOf } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";
import { Conflict, NotFound } from "@/lib/errors";
import { standingEnd } from "../rules/ending";
import { assertMayMarkExit, newestExitMark } from "../rules/exit";
import type { ExitMarkKind, MarkExit } from "../schema/exit";
import { lockEndings } from "./ending-lock";

/**
 * Says of an item of the way out that it is done (with a note or a paper of the contract), open again, or does not apply.
 * @throws NotFound; Conflict when another end counts by now or somebody said something since; Refused when that cannot be said
 */
export async function markExit(actor: Actor, input: MarkExit): Promise<void> {
  await change(actor, "exit:mark", async (tx, record) => {
    const { contractId, endingId, item, kind, note } = input;
    const contract = await lockEndings(tx, contractId);
    if (standingEnd(contract.endings)?.id !== endingId) throw new Conflict("dealers.exit.refused.otherEnd");
    const marks = await tx.exitMark.findMany({ where: { endingId, item } });
    const newest = newestExitMark(
      marks.map((mark) => ({ ...mark, kind: mark.kind as ExitMarkKind })),
      item,
    );
    if ((newest?.id ?? "") !== input.seen) throw new Conflict("dealers.exit.refused.markedSince");
    const paper = input.documentId === null ? null : await paperOf(tx, contractId, input.documentId);
    assertMayMarkExit(item, { kind, note, paper: paper?.kind ?? null }, newest);
    const now = new Date();
    const at = newest && newest.at >= now ? new Date(newest.at.getTime() + 1) : now;
    const { personId } = personOf(actor);
    await tx.exitMark.create({
      data: {
        ...{ organizationId: actor.organizationId, contractId, endingId, item, kind, note, personId, at },
        fileId: paper?.fileId ?? null,
      },
    });
    await record({
      action: kind === "done" ? "exit.marked" : kind === "reopened" ? "exit.reopened" : "exit.excused",
      target: { kind: "contract", id: contractId },
      body: { ending: endingId, item, ...(paper ? { file: paper.fileId, sha256: paper.file.sha256 } : {}) },
    });
  });
}

async function paperOf(tx: Tx, contractId: string, id: string) {
  const paper = await tx.contractDocument.findUnique({ where: { id }, include: { file: true } });
  if (!paper || paper.contractId !== contractId) throw new NotFound();
  return paper;
}
