import type { Actor } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { kstDay } from "@/lib/clock";
import { fromDay } from "@/lib/day-column";
import type { Tx } from "@/lib/db/client";
import { Conflict, NotFound, Refused } from "@/lib/errors";
import { onboardingFacts } from "../queries/onboarding-facts";
import { onboardingOf } from "../rules/onboarding";
import { assertDue, usualDays } from "../rules/onboarding-plan";
import type { FillPlan, PlanOnboarding } from "../schema";
import { lockChannel } from "./channel-lock";

/**
 * Names who looks after an item, and until when.
 * @throws NotFound, Conflict when `version` is stale, Refused beside `ownerId` or `dueOn`
 */
export async function planOnboarding(actor: Actor, plan: PlanOnboarding): Promise<void> {
  const { channelId, item, version, ownerId, dueOn } = plan;
  await change(actor, "onboarding:plan", async (tx, record) => {
    await lockChannel(tx, channelId);
    const now = new Date();
    assertDue(dueOn, kstDay(now));
    await assertColleague(tx, ownerId, now);
    const before = await tx.onboardingPlan.findUnique({ where: { channelId_item: { channelId, item } } });
    if ((before?.version ?? 0) !== version) throw new Conflict("channels.refused.planStale");
    const said = { ownerId, dueOn: fromDay(dueOn) };
    await tx.onboardingPlan.upsert({
      where: { channelId_item: { channelId, item } },
      create: { organizationId: actor.organizationId, channelId, item, ...said },
      update: { ...said, version: { increment: 1 } },
    });
    await record({
      action: "onboarding.planned",
      target: { kind: "channel", id: channelId },
      body: { item, owner: ownerId, dueOn },
    });
  });
}

/**
 * Gives each item that does not hold and has no day its usual one, counted from `startsOn`.
 * @returns how many. @throws NotFound, Refused beside `startsOn` or when there is nothing to fill in
 */
export async function fillPlan(actor: Actor, { channelId, startsOn }: FillPlan): Promise<number> {
  return change(actor, "onboarding:plan", async (tx, record) => {
    await lockChannel(tx, channelId);
    const today = kstDay(new Date());
    assertDue(startsOn, today, "startsOn");
    const facts = (await onboardingFacts(tx, [channelId], today)).get(channelId);
    if (!facts) throw new NotFound();
    const plans = await tx.onboardingPlan.findMany({ where: { channelId } });
    const dated = new Set(plans.filter((plan) => plan.dueOn !== null).map((plan) => plan.item));
    const open = onboardingOf(facts, today).states.filter((state) => !state.holds && !dated.has(state.key));
    if (open.length === 0) throw new Refused("channels.refused.nothingToFill");
    const days = usualDays(startsOn);
    const { organizationId } = actor;
    await tx.$executeRaw`
      INSERT INTO onboarding_plans (organization_id, channel_id, item, due_on)
      SELECT ${organizationId}::uuid, ${channelId}::uuid, item, due_on
      FROM unnest(${open.map((state) => state.key)}::text[], ${open.map((state) => days[state.key])}::date[]) AS given(item, due_on)
      ON CONFLICT (channel_id, item) DO UPDATE SET due_on = EXCLUDED.due_on, version = onboarding_plans.version + 1`;
    await record({
      action: "onboarding.filled",
      target: { kind: "channel", id: channelId },
      body: { startsOn, count: open.length },
    });
    return open.length;
  });
}

/** @throws Refused beside `ownerId` unless the person works here now */
async function assertColleague(tx: Tx, personId: string | null, now: Date): Promise<void> {
  if (personId === null) return;
  const works = await tx.membership.count({
    where: { personId, disabledAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
  });
  if (works === 0) throw new Refused("channels.refused.owner", "ownerId");
}
