import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { can } from "@/lib/auth/permissions";
import { type Day, kstDay } from "@/lib/clock";
import { toDay } from "@/lib/day-column";
import { goLiveDigest } from "../rules/go-live";
import { channelStatus } from "../rules/life";
import { type ItemState, onboardingOf } from "../rules/onboarding";
import { type ChannelState, type MarkKind, markKinds } from "../schema";
import { namesOf } from "./names";
import { onboardingFacts } from "./onboarding-facts";

export type MarkView = {
  id: string;
  item: string;
  kind: MarkKind;
  note: string;
  by: string;
  at: Date;
  renewOn: Day | null;
  file: { id: string; name: string; mime: string; bytes: number; sha256: string } | null;
};

export type PlanView = {
  item: string;
  ownerId: string | null;
  owner: string | null;
  dueOn: Day | null;
  version: number;
};

/** A request to go live: who asked, and whether what was asked still stands. */
export type RequestView = { id: string; personId: string; by: string; at: Date; digest: string; changed: boolean };

export type ChannelView = {
  id: string;
  searchId: string;
  publicId: string | null;
  senderKey: string | null;
  name: string;
  dealer: string | null;
  contact: string;
  categoryCode: string | null;
  consignorName: string;
  privacyUrl: string | null;
  version: number;
  createdAt: Date;
  state: ChannelState;
  wentLiveAt: Date | null;
  wentLiveBy: string | null;
  /** Who asked for it; null where one person did both, as it once was. */
  requestedBy: string | null;
  /** Last day of use, KST, by the channel's own end or by a contract's: the earlier one. */
  endsOn: Day | null;
  /** Null without an end, and for those who may not read the contract that decides it. */
  endReason: string | null;
  /** The end set for the channel itself, whatever contracts say. */
  ownEndsOn: Day | null;
  /** True when a contract's end decides; `endContract` names it to those who may read it. */
  endsByContract: boolean;
  endContract: { id: string; number: string } | null;
  organizationName: string;
  /** Newest first. */
  marks: MarkView[];
  /** Each item's state, in the guide's order. */
  states: ItemState[];
  /** Items needed for going live. */
  progress: { done: number; of: number };
  plans: PlanView[];
  /** The open request to go live. */
  request: RequestView | null;
  /** The last request, when it was sent back. */
  declined: { by: string; at: Date; note: string } | null;
  placements: number;
  /** Null for those who may not see connections. */
  connections: number | null;
  /** Null for those who may not see the block list. */
  blocked: number | null;
};

/** One channel with what was said of its onboarding, or null. */
export async function getChannel(actor: Actor, id: string, now: Date): Promise<ChannelView | null> {
  if (!z.uuid().safeParse(id).success) return null;
  return read(actor, "channel:read", async (tx) => {
    const channel = await tx.channel.findUnique({
      where: { id },
      include: { goLive: true, end: true, marks: { include: { file: true }, orderBy: { at: "desc" } }, plans: true },
    });
    if (!channel) return null;
    const { goLive, end, marks, plans } = channel;
    const newest = await tx.goLiveRequest.findFirst({ where: { channelId: id }, orderBy: { at: "desc" } });
    const people = [...marks, goLive, newest].flatMap((one) => (one ? [one.personId] : []));
    const others = [goLive?.requestedBy, newest?.closedBy, ...plans.map((plan) => plan.ownerId)];
    const names = await namesOf(tx, [...people, ...others.flatMap((personId) => personId ?? [])]);
    const nameOf = (personId: string) => names.get(personId) ?? "";
    const today = kstDay(now);
    const facts = (await onboardingFacts(tx, [id], today)).get(id);
    if (!facts) return null;
    const { states, progress } = onboardingOf(facts, today);
    const last = await tx.channelLastDay.findUnique({ where: { channelId: id } });
    const deciding = last?.contractId ?? null;
    const mayReadContract = can(actor, "contract:read");
    const life = { wentLiveAt: goLive?.at ?? null, endsOn: toDay(last?.endsOn ?? null) };
    const organization = await tx.organization.findUnique({
      where: { id: actor.organizationId },
      select: { name: true },
    });
    return {
      id: channel.id,
      searchId: channel.searchId,
      publicId: channel.publicId,
      senderKey: channel.senderKey,
      name: channel.name,
      dealer: channel.dealer,
      contact: channel.contact,
      categoryCode: channel.categoryCode,
      consignorName: channel.consignorName,
      privacyUrl: channel.privacyUrl,
      version: channel.version,
      createdAt: channel.createdAt,
      ...life,
      state: channelStatus(life, now),
      wentLiveBy: goLive ? nameOf(goLive.personId) : null,
      requestedBy: goLive?.requestedBy ? nameOf(goLive.requestedBy) : null,
      endReason: deciding === null || mayReadContract ? (last?.reason ?? null) : null,
      ownEndsOn: toDay(end?.endsOn ?? null),
      endsByContract: deciding !== null,
      endContract:
        deciding !== null && mayReadContract
          ? await tx.contract.findUnique({ where: { id: deciding }, select: { id: true, number: true } })
          : null,
      organizationName: organization?.name ?? "",
      marks: marks.map((mark) => ({
        id: mark.id,
        item: mark.item,
        kind: markKinds.find((kind) => kind === mark.kind) ?? "reopened",
        note: mark.note,
        by: nameOf(mark.personId),
        at: mark.at,
        renewOn: toDay(mark.renewOn),
        file: mark.file ? { ...pick(mark.file), bytes: Number(mark.file.bytes) } : null,
      })),
      ...{ states, progress, plans: plans.map((plan) => planView(plan, names)) },
      request: newest && newest.outcome === null ? requestView(newest, nameOf, goLiveDigest(id, states)) : null,
      declined:
        newest?.outcome === "declined" && newest.closedBy && newest.closedAt
          ? { by: nameOf(newest.closedBy), at: newest.closedAt, note: newest.note }
          : null,
      placements: facts.placements,
      connections: can(actor, "connection:read")
        ? await tx.dealerConnection.count({ where: { channelId: id, closedAt: null } })
        : null,
      blocked: can(actor, "block:read") ? await tx.blockedUser.count({ where: { channelId: id } }) : null,
    };
  });
}

function planView(
  plan: Omit<PlanView, "owner" | "dueOn"> & { dueOn: Date | null },
  names: Map<string, string>,
): PlanView {
  const { item, ownerId, version } = plan;
  return { item, ownerId, version, owner: ownerId ? (names.get(ownerId) ?? "") : null, dueOn: toDay(plan.dueOn) };
}

function requestView(
  { id, personId, at, digest }: { id: string; personId: string; at: Date; digest: string },
  nameOf: (personId: string) => string,
  standing: string,
): RequestView {
  return { id, personId, at, digest, by: nameOf(personId), changed: digest !== standing };
}

function pick({ id, name, mime, sha256 }: { id: string; name: string; mime: string; sha256: string }) {
  return { id, name, mime, sha256 };
}
