// What is done with a request, step by step. Steps are added to, never changed.
import { randomUUID } from "node:crypto";
import { type Actor, personOf } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { kstDay } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import { type LetterContent, type LetterKind, letterHash } from "../rules/answer-letter";
import {
  assertMayAnswer,
  assertMayFinish,
  assertMayPostpone,
  assertUnanswered,
  type StepKind,
  textHash,
} from "../rules/request";
import type {
  AnswerRequest,
  FinishRequest,
  IdentifyRequest,
  PostponeRequest,
  WithdrawRequest,
} from "../schema/request";
import { sealNote } from "../sealed";
import { countKept, countOn, type LockedRequest, lockRequest, subjectColumns, subjectOf } from "./request-lock";

/** What a step's sealed note holds. */
export type StepNote = { note: string; letter?: LetterContent };

/** Says how the person was identified, and whose consultations are meant where that was not known. @throws NotFound, Conflict, Refused */
export function identifyRequest(actor: Actor, { requestId, version, note, ...given }: IdentifyRequest): Promise<void> {
  return change(actor, "data-request:record", async (tx, record) => {
    const request = await lockRequest(tx, requestId, version);
    assertUnanswered(request.state);
    const { organizationId } = personOf(actor);
    const subject = given.channelId ? await subjectColumns(tx, requestId, given, organizationId) : null;
    if (subject) await tx.dataRequest.update({ where: { id: requestId }, data: subject });
    await addStep(tx, actor, request, { kind: "identified", note: { note } });
    await record({
      action: "data-request.identified",
      target: { kind: "data-request", id: requestId },
      ...subjectOf(subject?.userHandle ?? request.userHandle),
      body: { number: request.number, channel: subject?.channelId ?? request.channelId, note: textHash(note) },
    });
  });
}

/** Puts an access off, once and within its ten days, with the letter that says why. @throws NotFound, Conflict, Refused */
export function postponeRequest(actor: Actor, input: PostponeRequest): Promise<void> {
  return change(actor, "data-request:answer", async (tx, record) => {
    const request = await lockRequest(tx, input.requestId, input.version);
    const { untilOn } = input;
    assertMayPostpone(request, untilOn, new Date());
    const letter = await letterOf(tx, actor, request, { ...input, letter: "postponed", viewing: "", reason: "" });
    const hash = await addStep(tx, actor, request, { kind: "postponed", note: { note: input.note, letter }, untilOn });
    await record({
      action: "data-request.postponed",
      target: { kind: "data-request", id: request.id },
      ...subjectOf(request.userHandle),
      body: { number: request.number, untilOn, letter: hash },
    });
  });
}

/**
 * Answers a request with its letter: granted, in part or refused, the last two with a reason of the table and the way to object.
 * A deletion counts as granted only when nothing that had been opened by the day of receipt is left (제36조 제2항·제3항).
 * @throws NotFound; Conflict for a stale form; Refused
 */
export function answerRequest(actor: Actor, input: AnswerRequest): Promise<void> {
  return change(actor, "data-request:answer", async (tx, record) => {
    const request = await lockRequest(tx, input.requestId, input.version);
    const { answer, note } = input;
    const left = request.kind === "deletion" ? await countKept(tx, request) : 0;
    const reason = answer === "granted" ? "" : (input.reason ?? "");
    assertMayAnswer(request, answer, reason, left);
    const viewing = request.kind === "access" && answer !== "refused" ? input.viewing : "";
    const letter = await letterOf(tx, actor, request, { ...input, letter: answer, viewing, reason, untilOn: null });
    const hash = await addStep(tx, actor, request, { kind: answer, note: { note, letter }, reason });
    await record({
      action: "data-request.answered",
      target: { kind: "data-request", id: request.id },
      ...subjectOf(request.userHandle),
      body: { number: request.number, answer, reason, left, letter: hash },
    });
  });
}

/** Says that what was granted has been done. @throws NotFound, Conflict, Refused */
export function finishRequest(actor: Actor, { requestId, version, note }: FinishRequest): Promise<void> {
  return change(actor, "data-request:answer", async (tx, record) => {
    const request = await lockRequest(tx, requestId, version);
    assertMayFinish(request.state);
    await addStep(tx, actor, request, { kind: "done", note: { note } });
    await record({
      action: "data-request.finished",
      target: { kind: "data-request", id: requestId },
      ...subjectOf(request.userHandle),
      body: { number: request.number, note: textHash(note) },
    });
  });
}

/** Says that the person took the request back. @throws NotFound, Conflict, Refused */
export function withdrawRequest(actor: Actor, { requestId, version, note }: WithdrawRequest): Promise<void> {
  return change(actor, "data-request:record", async (tx, record) => {
    const request = await lockRequest(tx, requestId, version);
    assertUnanswered(request.state);
    await addStep(tx, actor, request, { kind: "withdrawn", note: { note } });
    await record({
      action: "data-request.withdrawn",
      target: { kind: "data-request", id: requestId },
      ...subjectOf(request.userHandle),
      body: { number: request.number, note: textHash(note) },
    });
  });
}

type Step = { kind: StepKind; note: StepNote; reason?: string; untilOn?: string };

/** @returns hash of its letter, empty without one */
async function addStep(tx: Tx, actor: Actor, request: LockedRequest, step: Step): Promise<string> {
  const { organizationId, personId } = personOf(actor);
  const id = randomUUID();
  const hash = step.note.letter ? letterHash(step.note.letter) : "";
  await countOn(tx, request);
  await tx.dataRequestStep.create({
    data: {
      ...{ id, organizationId, dataRequestId: request.id, kind: step.kind, reason: step.reason ?? "", personId },
      ...{ noteSealed: sealNote(request.id, id, step.note), letterHash: hash, at: new Date() },
      untilOn: step.untilOn ? new Date(step.untilOn) : null,
    },
  });
  return hash;
}

type Said = Pick<
  LetterContent,
  "note" | "viewing" | "objection" | "untilOn" | "addressee" | "signer" | "signerTitle"
> & {
  letter: LetterKind;
  reason: string;
};

async function letterOf(tx: Tx, actor: Actor, request: LockedRequest, said: Said): Promise<LetterContent> {
  const { name } = await tx.organization.findUniqueOrThrow({
    where: { id: actor.organizationId },
    select: { name: true },
  });
  const { letter, reason, note, viewing, objection, untilOn, addressee, signer, signerTitle } = said;
  return {
    ...{ company: name, number: request.number, requestKind: request.kind, receivedOn: request.receivedOn },
    ...{ letter, reason, note, viewing, objection, untilOn, addressee, signer, signerTitle, day: kstDay(new Date()) },
  };
}
