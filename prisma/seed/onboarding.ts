// What stands beside a channel's marks: owners and days, checks that were made, and going live by two people.
import { createHash } from "node:crypto";
import { profileAnswers, shownFacts } from "@/lib/channels/rules/profile-answers";
import { type ItemAnswer, keptAnswers } from "@/lib/channels/rules/profile-check";
import type { KeptFacts } from "@/lib/channels/schema/check";
import { addDays, kstDay, kstDayStart } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import type { ChannelPlan, SeenPlan } from "./channel-plans";
import { type ChannelContext, seededId } from "./channels";
import { recordPastEvent } from "./past-event";

/** Owners and days; without colleagues' names nothing is planned. */
export async function writePlans(
  tx: Tx,
  { now, admin, personId }: ChannelContext,
  channelId: string,
  due: NonNullable<ChannelPlan["due"]>,
): Promise<void> {
  if (!personId) return;
  const { organizationId } = admin;
  const today = kstDay(now);
  await tx.onboardingPlan.createMany({
    data: Object.entries(due).map(([item, { owner, inDays }]) => ({
      ...{ organizationId, channelId, item, ownerId: personId(owner) },
      dueOn: new Date(`${addDays(today, inDays)}T00:00:00Z`),
    })),
  });
}

/** Checks as they were kept, at eight in the morning. */
export async function writeChecks(
  tx: Tx,
  { now, admin }: ChannelContext,
  channelId: string,
  checks: readonly SeenPlan[],
): Promise<void> {
  const { organizationId } = admin;
  for (const seen of checks) {
    const id = seededId(channelId, "check", seen.kind);
    const at = new Date(kstDayStart(addDays(kstDay(now), -seen.daysAgo)).getTime() + 8 * 3_600_000);
    const { said, facts, row } = seenOf(seen);
    const answers = keptAnswers(said, [], { id, at });
    const sha256 = createHash("sha256").update(id).digest("hex");
    const { kind } = seen;
    await tx.channelCheck.create({ data: { id, organizationId, channelId, kind, at, sha256, facts, answers, ...row } });
    const count = (answer: ItemAnswer["answer"]) => answers.filter((one) => one.answer === answer).length;
    await recordPastEvent(tx, admin, at, {
      action: "channel.checked",
      target: { kind: "channel", id: channelId },
      body: { check: id, kind, yes: count("yes"), no: count("no"), unknown: count("unknown"), sha256 },
    });
  }
}

function seenOf({ facts }: SeenPlan): { said: ItemAnswer[]; facts: Partial<KeptFacts>; row: object } {
  const subject = { consignor: "주식회사 한결생활", categoryCode: null, wentLive: false };
  return {
    said: profileAnswers(facts, subject),
    facts: { facts: shownFacts(facts, subject) },
    row: { format: "infobank", bytes: 1_204 },
  };
}

/** Asked by the administrator, agreed to by the officer an hour later. */
export async function writeGoLive(tx: Tx, context: ChannelContext, channelId: string, at: Date): Promise<void> {
  const { admin, officer } = context;
  const { organizationId } = admin;
  const target = { kind: "channel", id: channelId };
  const id = seededId(channelId, "go-live");
  const digest = createHash("sha256").update(id).digest("hex");
  const agreedAt = new Date(at.getTime() + 3_600_000);
  await tx.goLiveRequest.create({
    data: {
      ...{ id, organizationId, channelId, personId: admin.personId, at, digest },
      ...{ outcome: "approved", closedBy: officer.personId, closedAt: agreedAt },
    },
  });
  await recordPastEvent(tx, admin, at, {
    action: "channel.live-requested",
    target,
    body: { request: id, digest, replaces: null },
  });
  await tx.channelGoLive.create({
    data: { channelId, organizationId, personId: officer.personId, requestedBy: admin.personId, at: agreedAt },
  });
  await recordPastEvent(tx, officer, agreedAt, {
    action: "channel.went-live",
    target,
    body: { request: id, digest, requestedBy: admin.personId },
  });
}
