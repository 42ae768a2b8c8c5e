import { type Actor, personOf } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { type Day, kstDay } from "@/lib/clock";
import { fromDay } from "@/lib/day-column";
import type { Tx } from "@/lib/db/client";
import { NotFound, Refused } from "@/lib/errors";
import type { Prisma } from "@/prisma/generated/client";
import { compareTexts, type TextComparison } from "../rules/notice-comparison";
import { textHash } from "../rules/notice-content";
import { assertNoticeStep, type NoticeStepKind } from "../rules/notice-life";
import type { ApplyNotice, DeclineNotice, RequestNotice, VerifyNotice } from "../schema/notice";
import { stepTime } from "./decide-notice";
import { type LockedVersion, lockNotice, versionSeen } from "./notice-lock";

type About = { noticeId: string; number: number; hash: string };
type Written = {
  kind: NoticeStepKind;
  action: `notice.${string}`;
  note: string;
  ticket?: string;
  doneOn?: Day;
  evidence?: "pasted" | "screenshot";
  fileId?: string;
  text?: string;
  facts?: TextComparison;
  sha256?: string;
};

/** The dealer was asked to put the approved text in place (its inspection and its centre, field-facts 1.5). @throws NotFound, Conflict, Refused */
export async function requestNotice(actor: Actor, input: RequestNotice, now: Date): Promise<void> {
  const { ticket, doneOn, note } = input;
  await follow(actor, input, now, async () => ({
    kind: "requested",
    action: "notice.requested",
    ticket,
    doneOn,
    note,
  }));
}

/** The dealer or Kakao sent it back. @throws as requestNotice */
export async function declineNotice(actor: Actor, input: DeclineNotice, now: Date): Promise<void> {
  const { doneOn, note } = input;
  await follow(actor, input, now, async () => ({ kind: "declined", action: "notice.declined", doneOn, note }));
}

/** The dealer says that it stands in the chat rooms: nobody has seen it yet. @throws as requestNotice */
export async function applyNotice(actor: Actor, input: ApplyNotice, now: Date): Promise<void> {
  const { doneOn, note } = input;
  await follow(actor, input, now, async () => ({ kind: "applied", action: "notice.applied", doneOn, note }));
}

/**
 * Somebody looked into a real chat room: the pasted text is the approved one character by character, or a screenshot shows it.
 * A text that differs is only recorded when the person says so.
 * @returns what was recorded. @throws as requestNotice; Refused beside `pasted` with line and character of the first difference
 */
export async function verifyNotice(actor: Actor, input: VerifyNotice, now: Date): Promise<"verified" | "differs"> {
  let told: "verified" | "differs" = "verified";
  await follow(actor, input, now, async (tx, version) => {
    const approved = version.steps.findLast((one) => one.kind === "approved")?.text ?? "";
    const { note, pasted, fileId, confirmed } = input;
    if (pasted.trim() === "") {
      if (!fileId) throw new Refused("privacy.notices.refused.noProof", "pasted");
      if (!confirmed) throw new Refused("privacy.notices.refused.notConfirmed", "confirmed");
      const seen = { kind: "verified", action: "notice.verified" } as const;
      return { ...seen, note, evidence: "screenshot", fileId, sha256: await fileHash(tx, fileId) };
    }
    const compared = compareTexts(approved, pasted);
    if (!compared.same) {
      const { line, column, approved: expected, seen } = compared;
      if (!input.differs) {
        throw new Refused("privacy.notices.refused.differs", "pasted", { line, column, expected, seen });
      }
      told = "differs";
    }
    const file = fileId ? { fileId, sha256: await fileHash(tx, fileId) } : {};
    const seen = compared.same
      ? ({ kind: "verified", action: "notice.verified" } as const)
      : ({ kind: "differs", action: "notice.differs" } as const);
    return { ...seen, note, evidence: "pasted", text: pasted, facts: compared, ...file };
  });
  return told;
}

async function follow(
  actor: Actor,
  { noticeId, number, hash }: About,
  now: Date,
  told: (tx: Tx, version: LockedVersion) => Promise<Written>,
): Promise<void> {
  await change(actor, "notice:follow", async (tx, record) => {
    const notice = await lockNotice(tx, noticeId);
    const version = versionSeen(notice, number, hash);
    const {
      kind,
      action,
      note,
      ticket = "",
      doneOn,
      evidence = "",
      fileId,
      text,
      facts,
      sha256,
    } = await told(tx, version);
    assertNoticeStep(version.state, kind);
    assertDay(version, doneOn, kstDay(now));
    const { organizationId, personId } = personOf(actor);
    const seen = text === undefined ? "" : textHash(text);
    await tx.noticeStep.create({
      data: {
        ...{ organizationId, noticeId, versionId: version.id, kind, hash, note, ticket, evidence, personId },
        ...{ at: stepTime(notice, now), doneOn: doneOn ? fromDay(doneOn) : null, fileId: fileId ?? null },
        ...(text === undefined ? {} : { text, textHash: seen }),
        ...(facts ? { facts: facts as unknown as Prisma.InputJsonValue } : {}),
      },
    });
    await record({
      action,
      target: { kind: "notice", id: noticeId },
      body: {
        ...{ version: number, hash, ...(ticket ? { ticket } : {}), ...(doneOn ? { on: doneOn } : {}) },
        ...(seen ? { text: seen } : {}),
        ...(fileId ? { file: fileId, sha256 } : {}),
      },
    });
  });
}

/** What the dealer did is not done before it was asked, nor in the future. @throws Refused */
function assertDay(version: LockedVersion, on: Day | undefined, today: Day): void {
  if (on === undefined) return;
  if (on > today) throw new Refused("privacy.notices.refused.future", "doneOn");
  const approved = version.steps.findLast(({ kind }) => kind === "approved");
  if (approved && on < kstDay(approved.at)) throw new Refused("privacy.notices.refused.early", "doneOn");
}

async function fileHash(tx: Tx, fileId: string): Promise<string> {
  const file = await tx.evidenceFile.findUnique({ where: { id: fileId }, select: { sha256: true } });
  if (!file) throw new NotFound();
  return file.sha256;
}
