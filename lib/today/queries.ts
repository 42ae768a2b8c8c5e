// Facts of every module that ask somebody to act. One transaction; each source is one query.
import { verdictOf } from "@/lib/audit/rules";
import type { Actor, PersonActor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { can } from "@/lib/auth/permissions";
import { channelStatus, goLiveGaps } from "@/lib/channels/rules";
import { addDays, daysBetween, kstDay, kstDayStart } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import { forRole, type Waiting, type WaitingCounts, waitingCountsOf } from "./rules";

/** Days before a dated thing is shown. */
const ahead = 49;
/** Days for which events that could not be taken ask for attention. */
const setAsideDays = 7;
/** Days for which an unknown code asks for attention. */
const unknownCodeDays = 28;

/** Everything that waits in the actor's organization and that the actor may see. */
export async function listWaiting(actor: Actor, now: Date): Promise<Waiting[]> {
  return read(actor, "channel:read", async (tx) => {
    const found = [...(await waitingChannels(tx, now))];
    if (can(actor, "set-aside:read")) found.push(...(await waitingSetAsides(tx, now)));
    if (can(actor, "consult:read")) found.push(...(await waitingCodes(tx, now)));
    if (can(actor, "person:read")) found.push(...(await waitingPeople(tx, now)));
    if (can(actor, "audit:read")) found.push(...(await waitingVerification(tx, now)));
    return found;
  });
}

/** Numbers are a hint beside every page: they may be this old (ms) and are then counted anew. */
const countsAge = 10_000;
const counted = new Map<string, { until: number; counts: Promise<WaitingCounts> }>();

/** Numbers beside the entries of the sidebar: what waits for this person's role. */
export async function waitingCounts(actor: PersonActor, now: Date): Promise<WaitingCounts> {
  const key = `${actor.organizationId} ${actor.role}`;
  const kept = counted.get(key);
  if (kept && kept.until > now.getTime()) return kept.counts;
  const counts = listWaiting(actor, now).then((things) => waitingCountsOf(forRole(things, actor.role), kstDay(now)));
  if (counted.size > 1_000) counted.clear();
  counted.set(key, { until: now.getTime() + countsAge, counts });
  counts.catch(() => counted.delete(key));
  return counts;
}

async function waitingChannels(tx: Tx, now: Date): Promise<Waiting[]> {
  const channels = await tx.channel.findMany({
    select: {
      id: true,
      searchId: true,
      name: true,
      dealer: true,
      goLive: { select: { at: true } },
      end: { select: { endsOn: true } },
      marks: { select: { item: true, kind: true, at: true } },
      _count: { select: { placements: { where: { retirement: null } } } },
    },
  });
  return channels.flatMap((channel): Waiting[] => {
    const endsOn = channel.end ? channel.end.endsOn.toISOString().slice(0, 10) : null;
    const state = channelStatus({ wentLiveAt: channel.goLive?.at ?? null, endsOn }, now);
    const subject = `@${channel.searchId}`;
    const common = {
      subject,
      entry: "channels",
      href: `/channels/${channel.id}`,
      values: { name: channel.name },
    } as const;
    if (state === "preparing") {
      const gaps = goLiveGaps(channel.dealer, channel.marks).length;
      const ready = gaps === 0;
      return [
        {
          ...common,
          id: `goLive:${channel.id}`,
          group: "goLive",
          roles: ready ? ["CLIENT_ADMIN"] : ["CLIENT_ADMIN", "COMPLIANCE_OFFICER"],
          kind: ready ? "ready" : "gaps",
          values: { name: channel.name, count: gaps },
          dueOn: null,
        },
      ];
    }
    const placements = channel._count.placements;
    const soon = endsOn !== null && daysBetween(kstDay(now), endsOn) <= ahead;
    if (endsOn === null || !soon || placements === 0) return [];
    return [
      {
        ...common,
        id: `end:${channel.id}`,
        group: "end",
        entry: "placements",
        roles: ["CLIENT_ADMIN", "MARKETER", "COMPLIANCE_OFFICER"],
        kind: state === "ended" ? "ended" : "ending",
        values: { name: channel.name, count: placements },
        dueOn: endsOn,
        href: `/placements?channel=${channel.id}&state=live`,
      },
    ];
  });
}

async function waitingSetAsides(tx: Tx, now: Date): Promise<Waiting[]> {
  const since = kstDayStart(addDays(kstDay(now), -setAsideDays));
  const counts = await tx.setAside.groupBy({
    by: ["connectionId"],
    where: { at: { gte: since }, reason: { notIn: ["out_of_scope", "identity_result"] } },
    _count: { _all: true },
  });
  if (counts.length === 0) return [];
  const connections = await tx.dealerConnection.findMany({
    where: { id: { in: counts.map((count) => count.connectionId) } },
    select: { id: true, channel: { select: { name: true, searchId: true } } },
  });
  return connections.map((connection) => ({
    id: `hooks:${connection.id}`,
    group: "hooks",
    entry: "dealers",
    roles: ["CLIENT_ADMIN"],
    kind: "setAsides",
    values: {
      name: connection.channel.name,
      days: setAsideDays,
      count: counts.find((count) => count.connectionId === connection.id)?._count._all ?? 0,
    },
    subject: `@${connection.channel.searchId}`,
    dueOn: null,
    href: `/dealers/${connection.id}`,
  }));
}

async function waitingCodes(tx: Tx, now: Date): Promise<Waiting[]> {
  const since = kstDayStart(addDays(kstDay(now), -unknownCodeDays));
  const codes = await tx.consultSession.groupBy({
    by: ["extra"],
    where: { openedAt: { gte: since }, extra: { not: null }, placementId: null },
    _count: { _all: true },
  });
  if (codes.length === 0) return [];
  return [
    {
      id: "codes",
      group: "codes",
      entry: "monitor",
      roles: ["MARKETER", "CLIENT_ADMIN"],
      kind: "codes",
      values: {
        count: codes.length,
        sessions: codes.reduce((sum, code) => sum + code._count._all, 0),
        days: unknownCodeDays,
      },
      subject: codes[0]?.extra ?? "",
      dueOn: null,
      href: "/monitor?place=unknown",
    },
  ];
}

async function waitingPeople(tx: Tx, now: Date): Promise<Waiting[]> {
  const [expiring, tickets] = [
    await tx.membership.findMany({
      where: { disabledAt: null, expiresAt: { gt: now, lt: kstDayStart(addDays(kstDay(now), 15)) } },
      select: { personId: true, expiresAt: true, person: { select: { name: true } } },
    }),
    await tx.ticket.findMany({
      where: { kind: "invite", usedAt: null, withdrawnAt: null, expiresAt: { gt: now } },
      select: { id: true, name: true, email: true, expiresAt: true },
      take: 20,
    }),
  ];
  return [
    ...expiring.flatMap((membership): Waiting[] =>
      membership.expiresAt === null
        ? []
        : [
            {
              id: `expiry:${membership.personId}`,
              group: "rights",
              entry: "people",
              roles: ["CLIENT_ADMIN"],
              kind: "expiry",
              values: { name: membership.person.name },
              subject: membership.person.name,
              dueOn: kstDay(membership.expiresAt),
              href: `/people/${membership.personId}`,
            },
          ],
    ),
    ...tickets.map(
      (ticket): Waiting => ({
        id: `invite:${ticket.id}`,
        group: "rights",
        entry: "people",
        roles: ["CLIENT_ADMIN"],
        kind: "invite",
        values: { name: ticket.name || ticket.email },
        subject: ticket.name || ticket.email,
        dueOn: kstDay(ticket.expiresAt),
        href: "/people",
      }),
    ),
  ];
}

async function waitingVerification(tx: Tx, now: Date): Promise<Waiting[]> {
  const last = await tx.auditEvent.findFirst({
    where: { action: "audit.verified" },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    select: { at: true, body: true },
  });
  const failed = last !== null && !verdictOf(last.body)?.sound;
  const old = last !== null && daysBetween(kstDay(last.at), kstDay(now)) > 2;
  if (!failed && !old) return [];
  return [
    {
      id: "verification",
      group: "audit",
      entry: "audit",
      roles: ["COMPLIANCE_OFFICER", "AUDITOR"],
      kind: failed ? "broken" : "unverified",
      values: {},
      subject: "",
      dueOn: null,
      href: "/audit",
    },
  ];
}
