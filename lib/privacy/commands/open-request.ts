import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { NotFound } from "@/lib/errors";
import type { Letter } from "@/lib/pdf/letter";
import { answerLetter, letterName } from "../rules/answer-letter";
import { openNote, openPart } from "../sealed";
import { lockRequest, subjectOf } from "./request-lock";
import type { StepNote } from "./take-step";

export type OpenedRequest = {
  userKey: string;
  identity: string;
  detail: string;
  /** What each step says, the oldest first. */
  notes: { kind: string; note: string }[];
};

/** Opens what is sealed of a request; that somebody looked is recorded before it is shown. @throws Forbidden, NotFound */
export function openRequest(actor: Actor, requestId: string): Promise<OpenedRequest> {
  return change(actor, "data-request:read", async (tx, record) => {
    const request = await lockRequest(tx, requestId, null);
    const row = await tx.dataRequest.findUniqueOrThrow({
      where: { id: requestId },
      include: { steps: { orderBy: { at: "asc" }, take: 100 } },
    });
    await record({
      action: "data-request.opened",
      target: { kind: "data-request", id: requestId },
      ...subjectOf(request.userHandle),
      body: { number: request.number },
    });
    return {
      userKey: row.userSealed ? openPart(requestId, "user", row.userSealed) : "",
      identity: openPart(requestId, "identity", row.identitySealed),
      detail: openPart(requestId, "detail", row.detailSealed),
      notes: row.steps.flatMap(({ id, kind, noteSealed }) =>
        noteSealed ? [{ kind, note: openNote<StepNote>(requestId, id, noteSealed).note }] : [],
      ),
    };
  });
}

/** The letter of a step, drawn anew from what was sealed with it; handing it out is recorded. @throws Forbidden, NotFound */
export function takeLetter(actor: Actor, requestId: string, stepId: string): Promise<{ name: string; letter: Letter }> {
  if (!z.uuid().safeParse(requestId).success || !z.uuid().safeParse(stepId).success) throw new NotFound();
  return change(actor, "data-request:read", async (tx, record) => {
    const step = await tx.dataRequestStep.findFirst({
      where: { id: stepId, dataRequestId: requestId },
      include: { request: { select: { number: true, userHandle: true } } },
    });
    const content =
      step?.noteSealed && step.letterHash ? openNote<StepNote>(requestId, stepId, step.noteSealed).letter : undefined;
    if (!step || !content) throw new NotFound();
    await record({
      action: "data-request.letter-taken",
      target: { kind: "data-request", id: requestId },
      ...subjectOf(step.request.userHandle),
      body: { number: step.request.number, step: stepId, letter: step.letterHash },
    });
    return { name: letterName(content), letter: answerLetter(content, step.at) };
  });
}
