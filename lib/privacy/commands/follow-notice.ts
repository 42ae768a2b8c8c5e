import { type Actor, personOf } from "@/lib/auth/actor";
import { change, read } from "@/lib/auth/door";
import { type Day, kstDay } from "@/lib/clock";
import { fromDay } from "@/lib/day-column";
import type { Tx } from "@/lib/db/client";
import { NotFound, Refused } from "@/lib/errors";
import { type ReceivedFile, receiveFile, writeFileRow } from "@/lib/evidence";
import type { Prisma } from "@/prisma/generated/client";
import { compareTexts, type TextComparison } from "../rules/notice-comparison";
import { textHash } from "../rules/notice-content";
import { assertNoticeStep, type NoticeStepKind } from "../rules/notice-life";
import {
  type ApplyNotice,
  type DeclineNotice,
  type RequestNotice,
  type VerifyNotice,
  verifyNoticeSchema,
} from "../schema/notice";
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
 * @param file a screenshot that was received and judged; its row is written in the same change
 * @returns what was recorded. @throws as requestNotice; Refused beside `pasted` with line and character of the first difference
 */
export async function verifyNotice(
  actor: Actor,
  input: VerifyNotice,
  now: Date,
  file: ReceivedFile | null = null,
): Promise<"verified" | "differs"> {
  let told: "verified" | "differs" = "verified";
  await follow(actor, input, now, async (tx, version, channelId) => {
    const approved = version.steps.findLast((one) => one.kind === "approved")?.text ?? "";
    const { note, pasted, confirmed } = input;
    const shown = file ? { fileId: file.fileId, sha256: file.sha256 } : {};
    if (pasted.trim() === "") {
      if (!file) throw new Refused("privacy.notices.refused.noProof", "pasted");
      if (!confirmed) throw new Refused("privacy.notices.refused.notConfirmed", "confirmed");
      await writeFileRow(tx, personOf(actor), file, channelId);
      return { kind: "verified", action: "notice.verified", note, evidence: "screenshot", ...shown };
    }
    const compared = compareTexts(approved, pasted);
    if (!compared.same) {
      const { line, column, approved: expected, seen } = compared;
      if (!input.differs) {
        throw new Refused("privacy.notices.refused.differs", "pasted", { line, column, expected, seen });
      }
      told = "differs";
    }
    if (file) await writeFileRow(tx, personOf(actor), file, channelId);
    const seen = compared.same
      ? ({ kind: "verified", action: "notice.verified" } as const)
      : ({ kind: "differs", action: "notice.differs" } as const);
    return { ...seen, note, evidence: "pasted", text: pasted, facts: compared, ...shown };
  });
  return told;
}

/** 20 MB: pictures of a chat room. */
const mostScreenshotBytes = 20 * 2 ** 20;

/**
 * Takes an upload as the proof that a version stands in the chat rooms. Who asks and the form are checked before a byte is stored.
 * @param patience see receiveUpload
 * @throws NotFound, Forbidden, Conflict, Refused, UploadRefused, FileRefused
 */
export async function receiveScreenshot(actor: Actor, request: Request, patience: number, now: Date): Promise<string> {
  const input = (fields: Readonly<Record<string, string>>): VerifyNotice => {
    const parsed = verifyNoticeSchema.safeParse(fields);
    if (!parsed.success) throw new Refused("privacy.notices.refused.noProof", "pasted");
    return { ...parsed.data, pasted: "" };
  };
  return receiveFile(
    request,
    {
      ...{ most: mostScreenshotBytes, patience, families: ["image", "pdf"] },
      begin: async (fields) => {
        const { noticeId, confirmed } = input(fields);
        const known = await read(actor, "notice:follow", (tx) => tx.notice.count({ where: { id: noticeId } }));
        if (known === 0) throw new NotFound();
        if (!confirmed) throw new Refused("privacy.notices.refused.notConfirmed", "confirmed");
      },
    },
    async (file, fields) => {
      await verifyNotice(actor, input(fields), now, file);
      return file.fileId;
    },
  );
}

async function follow(
  actor: Actor,
  { noticeId, number, hash }: About,
  now: Date,
  told: (tx: Tx, version: LockedVersion, channelId: string) => Promise<Written>,
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
    } = await told(tx, version, notice.channelId);
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
