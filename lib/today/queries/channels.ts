import { onboardingFacts } from "@/lib/channels/queries/onboarding-facts";
import { channelStatus } from "@/lib/channels/rules/life";
import { type ItemState, onboardingOf } from "@/lib/channels/rules/onboarding";
import { addDays, type Day, daysBetween, kstDay } from "@/lib/clock";
import { fromDay, toDay } from "@/lib/day-column";
import type { Tx } from "@/lib/db/client";
import type { Role } from "@/prisma/generated/enums";
import type { Waiting } from "../rules";

/** Days before a dated thing is shown. */
const ahead = 49;
/** Days before an onboarding item's day is shown. */
const itemAhead = 7;
/** Channels looked at one by one, of each sort; a company with more is told how many there are besides. */
const most = 100;

/** Buttons that have to come down, channels that could go live or wait for a second person, and items whose day is near or past. */
export async function waitingChannels(tx: Tx, now: Date): Promise<Waiting[]> {
  const today = kstDay(now);
  const items = await duePlans(tx, today);
  const soon = fromDay(addDays(today, ahead));
  const ends = await tx.channelLastDay.findMany({ where: { endsOn: { lte: soon } } });
  const lastDays = new Map(ends.map((row) => [row.channelId, toDay(row.endsOn)]));
  const select = {
    ...{ id: true, searchId: true, name: true },
    goLive: { select: { at: true } },
    requests: { where: { outcome: null }, select: { personId: true } },
  } as const;
  const [orderBy, take] = [[{ createdAt: "desc" }, { id: "desc" }] as const, most];
  // A live channel without a last day near waits for nothing here: it is not even read.
  const ending = await tx.channel.findMany({
    where: { id: { in: [...lastDays.keys()] }, placements: { some: { retirement: null } } },
    ...{ select, orderBy: [...orderBy], take },
  });
  const pressing = { OR: [{ requests: { some: { outcome: null } } }, { id: { in: [...items.keys()] } }] };
  const asked = await tx.channel.findMany({
    where: { goLive: null, ...pressing },
    ...{ select, orderBy: [...orderBy], take },
  });
  const newest = await tx.channel.findMany({ where: { goLive: null }, select, orderBy: [...orderBy], take });
  const channels = [...new Map([...asked, ...newest, ...ending].map((channel) => [channel.id, channel])).values()];
  const more =
    (await tx.channel.count({ where: { goLive: null } })) - new Set([...asked, ...newest].map(({ id }) => id)).size;
  const states = new Map(
    channels.map((channel) => [
      channel.id,
      channelStatus({ wentLiveAt: channel.goLive?.at ?? null, endsOn: lastDays.get(channel.id) ?? null }, now),
    ]),
  );
  const facts = await onboardingFacts(
    tx,
    channels.map((channel) => channel.id),
    today,
  );
  const preparing = channels.filter((channel) => states.get(channel.id) === "preparing");
  const requesters = await peopleOf(
    tx,
    preparing.flatMap((channel) => channel.requests.map((request) => request.personId)),
  );
  const waiting = channels.flatMap((channel): Waiting[] => {
    const { id, name } = channel;
    const own = facts.get(id);
    if (!own) return [];
    const common = { subject: `@${channel.searchId}`, entry: "channels", href: `/channels/${id}` } as const;
    if (states.get(id) === "preparing") {
      const { states: stands, gaps } = onboardingOf(own, today);
      const [request] = channel.requests;
      const count = gaps.length;
      const step: Pick<Waiting, "kind" | "roles" | "values"> = request
        ? {
            kind: "agree",
            roles: ["COMPLIANCE_OFFICER", "CLIENT_ADMIN"],
            values: { name, by: requesters.get(request.personId)?.name ?? "" },
          }
        : count === 0
          ? { kind: "ready", roles: ["CLIENT_ADMIN"], values: { name, count } }
          : { kind: "gaps", roles: ["CLIENT_ADMIN", "COMPLIANCE_OFFICER"], values: { name, count } };
      const due = dueItems(items.get(id) ?? [], stands).map(
        (plan): Waiting => ({
          ...{ ...common, id: `item:${id}:${plan.item}`, group: "goLive", kind: "itemDue", item: plan.item },
          ...{ roles: plan.roles, values: { name, owner: plan.owner }, dueOn: plan.dueOn },
          href: `/channels/${id}#item-${plan.item}`,
        }),
      );
      return [{ ...common, ...step, id: `goLive:${id}`, group: "goLive", dueOn: null }, ...due];
    }
    const endsOn = lastDays.get(id) ?? null;
    const { placements } = own;
    if (endsOn === null || daysBetween(today, endsOn) > ahead || placements === 0) return [];
    return [
      {
        ...{ ...common, id: `end:${id}`, group: "end", entry: "placements" },
        roles: ["CLIENT_ADMIN", "MARKETER", "COMPLIANCE_OFFICER"],
        kind: states.get(id) === "ended" ? "ended" : "ending",
        ...{ values: { name, count: placements }, dueOn: endsOn },
        href: `/placements?channel=${id}&state=live`,
      },
    ];
  });
  if (more <= 0) return waiting;
  const rest: Waiting = {
    ...{ id: "goLive:more", group: "goLive", entry: "channels", kind: "moreChannels", values: { count: more } },
    ...{ roles: ["CLIENT_ADMIN", "COMPLIANCE_OFFICER"], subject: "", dueOn: null, href: "/channels?state=preparing" },
  };
  return [...waiting, rest];
}

type DuePlan = { item: string; dueOn: Day; roles: readonly Role[]; owner: string };

/** Plans whose day is near or past, by channel, each with whose it is. */
async function duePlans(tx: Tx, today: Day): Promise<Map<string, DuePlan[]>> {
  const last = fromDay(addDays(today, itemAhead));
  const plans = await tx.onboardingPlan.findMany({
    where: { dueOn: { lte: last }, channel: { goLive: null } },
    orderBy: { dueOn: "asc" },
  });
  const owners = await peopleOf(
    tx,
    plans.flatMap((plan) => plan.ownerId ?? []),
  );
  const byChannel = new Map<string, DuePlan[]>();
  for (const { channelId, item, ownerId, dueOn } of plans) {
    if (dueOn === null) continue;
    const owner = ownerId === null ? null : owners.get(ownerId);
    const roles: readonly Role[] = owner?.role ? [owner.role] : ["CLIENT_ADMIN", "COMPLIANCE_OFFICER"];
    const plan = { item, dueOn: toDay(dueOn), roles, owner: owner?.name ?? "none" };
    byChannel.set(channelId, [...(byChannel.get(channelId) ?? []), plan]);
  }
  return byChannel;
}

function dueItems(plans: readonly DuePlan[], states: readonly ItemState[]) {
  return plans.flatMap((plan) => {
    const state = states.find((one) => one.key === plan.item);
    return state && !state.holds ? [{ ...plan, item: state.key }] : [];
  });
}

/** Names of people, and the role of those who work here now. */
async function peopleOf(tx: Tx, ids: readonly string[]): Promise<Map<string, { name: string; role: Role | null }>> {
  const people = [...new Set(ids)];
  if (people.length === 0) return new Map();
  const persons = await tx.person.findMany({ where: { id: { in: people } }, select: { id: true, name: true } });
  const members = await tx.membership.findMany({
    where: { personId: { in: people }, disabledAt: null },
    select: { personId: true, role: true },
  });
  const roles = new Map(members.map((member) => [member.personId, member.role]));
  return new Map(persons.map(({ id, name }) => [id, { name, role: roles.get(id) ?? null }]));
}
