import { type Actor, personOf } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import type { Permission } from "@/lib/auth/permissions";
import { kstDay } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import { Conflict, Refused } from "@/lib/errors";
import type { Prisma } from "@/prisma/generated/client";
import { noticeFactsOf, withHours } from "../queries/notice-facts";
import { type FrozenFacts, frozenFacts, textHash } from "../rules/notice-content";
import { assertMayDecideNotice, assertNoticeStep, type NoticeStepKind } from "../rules/notice-life";
import { noticeFaults } from "../rules/notice-lint";
import { renderNotice } from "../rules/notice-text";
import type { ApproveNotice, RejectNotice, SubmitNotice, WithdrawNotice } from "../schema/notice";
import { type LockedNotice, type LockedVersion, lockNotice, versionSeen } from "./notice-lock";

/** A step as it is written: everything beside who and when. */
type Written = { text?: string; facts?: FrozenFacts; note: string };

/**
 * Asks for the approval of a version as it reads today: text, values, policy and contracts are frozen with it.
 * @throws NotFound; Conflict when it was saved again; Refused with the rule that the text breaks
 */
export async function submitNotice(actor: Actor, input: SubmitNotice, now: Date): Promise<void> {
  const act = { kind: "submitted", action: "notice.submitted" } as const;
  await step(actor, "notice:submit", act, input, now, async (tx, notice, version) => {
    assertNoticeStep(version.state, "submitted");
    return { ...(await fitting(tx, notice, version, now)), note: input.note };
  });
}

/**
 * Approves a version by its hash and by the text that was submitted. A second person does it: nobody who saved it, nor who submitted it (trust.md P-23).
 * @throws NotFound; Conflict when it was saved again, or when policy, contract or contact have changed since it was submitted;
 *   Refused with the rule that the text breaks
 */
export async function approveNotice(actor: Actor, input: ApproveNotice, now: Date): Promise<void> {
  const act = { kind: "approved", action: "notice.approved" } as const;
  await step(actor, "notice:approve", act, input, now, async (tx, notice, version) => {
    assertDecider(version, personOf(actor).personId);
    const today = await fitting(tx, notice, version, now);
    const asked = version.steps.findLast(({ kind }) => kind === "submitted");
    if (asked?.textHash !== textHash(today.text)) throw new Conflict("privacy.notices.refused.moved");
    return { ...today, note: input.note };
  });
}

/** Sends a submitted version back with a reason. @throws as approveNotice */
export async function rejectNotice(actor: Actor, input: RejectNotice, now: Date): Promise<void> {
  const act = { kind: "rejected", action: "notice.rejected" } as const;
  await step(actor, "notice:approve", act, input, now, async (_tx, _notice, version) => {
    assertDecider(version, personOf(actor).personId);
    return { note: input.note };
  });
}

/** Takes a version back: a request that nobody has decided on, or a text that no longer stands in the chat rooms. @throws NotFound, Conflict, Refused */
export async function withdrawNotice(actor: Actor, input: WithdrawNotice, now: Date): Promise<void> {
  const act = { kind: "withdrawn", action: "notice.withdrawn" } as const;
  await step(actor, "notice:withdraw", act, input, now, async (_tx, _notice, version) => {
    assertNoticeStep(version.state, "withdrawn");
    return { note: input.note };
  });
}

function assertDecider(version: LockedVersion, personId: string): void {
  const submitterId = version.steps.findLast(({ kind }) => kind === "submitted")?.personId ?? null;
  assertMayDecideNotice(version.state, { authorIds: version.authorIds, submitterId }, personId);
}

/** The text as it reads today with the facts that it agrees with. @throws Refused with the first rule that it breaks */
async function fitting(
  tx: Tx,
  notice: LockedNotice,
  version: LockedVersion,
  now: Date,
): Promise<{ text: string; facts: FrozenFacts }> {
  const { source, hours } = version.words;
  const known = (await noticeFactsOf(tx, [notice.channelId], now)).get(notice.channelId);
  if (!known) throw new Error(`Channel ${notice.channelId} of notice ${notice.id} is not there`);
  const facts = withHours(known, hours);
  const [fault] = noticeFaults(source, facts, kstDay(now));
  if (fault) {
    throw new Refused(`privacy.lint.${fault.rule}.refused`, undefined, {
      ...fault.values,
      sentence: fault.sentence ?? "",
    });
  }
  return { text: renderNotice(source, facts.values), facts: frozenFacts(facts) };
}

async function step(
  actor: Actor,
  permission: Permission,
  { kind, action }: { kind: NoticeStepKind; action: `notice.${string}` },
  { noticeId, number, hash }: { noticeId: string; number: number; hash: string },
  now: Date,
  assert: (tx: Tx, notice: LockedNotice, version: LockedVersion) => Promise<Written>,
): Promise<void> {
  await change(actor, permission, async (tx, record) => {
    const notice = await lockNotice(tx, noticeId);
    const version = versionSeen(notice, number, hash);
    const { text, facts, note } = await assert(tx, notice, version);
    const { organizationId, personId } = personOf(actor);
    const sent = text === undefined ? "" : textHash(text);
    await tx.noticeStep.create({
      data: {
        ...{ organizationId, noticeId, versionId: version.id, kind, hash, note, personId, at: stepTime(notice, now) },
        ...(text === undefined ? {} : { text, textHash: sent }),
        ...(facts ? { facts: facts as unknown as Prisma.InputJsonValue } : {}),
      },
    });
    await record({
      action,
      target: { kind: "notice", id: noticeId },
      body: { version: number, hash, ...(sent ? { text: sent } : {}) },
    });
  });
}

/** Steps of one notice have instants of their own, so that their order is certain. */
export function stepTime(notice: LockedNotice, now: Date): Date {
  const last = Math.max(0, ...notice.versions.flatMap(({ steps }) => steps.map(({ at }) => at.getTime())));
  return new Date(Math.max(now.getTime(), last + 1));
}
