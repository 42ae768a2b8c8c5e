import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { can } from "@/lib/auth/permissions";
import type { Day } from "@/lib/clock";
import { channelStatus } from "../rules/life";
import type { ChannelState } from "../schema";
import { namesOf } from "./names";

export type MarkView = {
  id: string;
  item: string;
  kind: "done" | "reopened";
  note: string;
  by: string;
  at: Date;
  file: { id: string; name: string; mime: string; bytes: number; sha256: string } | null;
};

export type ChannelView = {
  id: string;
  searchId: string;
  publicId: string | null;
  senderKey: string | null;
  name: string;
  dealer: string | null;
  contact: string;
  version: number;
  createdAt: Date;
  state: ChannelState;
  wentLiveAt: Date | null;
  wentLiveBy: string | null;
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
  placements: number;
  /** Null for those who may not see connections. */
  connections: number | null;
};

/** One channel with what was said of its onboarding, or null. */
export async function getChannel(actor: Actor, id: string, now: Date): Promise<ChannelView | null> {
  if (!z.uuid().safeParse(id).success) return null;
  return read(actor, "channel:read", async (tx) => {
    const channel = await tx.channel.findUnique({
      where: { id },
      include: { goLive: true, end: true, marks: { include: { file: true }, orderBy: { at: "desc" } } },
    });
    if (!channel) return null;
    const { goLive, end, marks } = channel;
    const names = await namesOf(tx, [...marks.map((mark) => mark.personId), ...(goLive ? [goLive.personId] : [])]);
    const last = await tx.channelLastDay.findUnique({ where: { channelId: id } });
    const deciding = last?.contractId ?? null;
    const mayReadContract = can(actor, "contract:read");
    const life = { wentLiveAt: goLive?.at ?? null, endsOn: last?.endsOn?.toISOString().slice(0, 10) ?? null };
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
      version: channel.version,
      createdAt: channel.createdAt,
      ...life,
      state: channelStatus(life, now),
      wentLiveBy: goLive ? (names.get(goLive.personId) ?? "") : null,
      endReason: deciding === null || mayReadContract ? (last?.reason ?? null) : null,
      ownEndsOn: end?.endsOn.toISOString().slice(0, 10) ?? null,
      endsByContract: deciding !== null,
      endContract:
        deciding !== null && mayReadContract
          ? await tx.contract.findUnique({ where: { id: deciding }, select: { id: true, number: true } })
          : null,
      organizationName: organization?.name ?? "",
      marks: marks.map((mark) => ({
        id: mark.id,
        item: mark.item,
        kind: mark.kind === "done" ? "done" : "reopened",
        note: mark.note,
        by: names.get(mark.personId) ?? "",
        at: mark.at,
        file: mark.file ? { ...pick(mark.file), bytes: Number(mark.file.bytes) } : null,
      })),
      placements: await tx.placement.count({ where: { channelId: id, retirement: null } }),
      connections: can(actor, "connection:read")
        ? await tx.dealerConnection.count({ where: { channelId: id, closedAt: null } })
        : null,
    };
  });
}

function pick({ id, name, mime, sha256 }: { id: string; name: string; mime: string; sha256: string }) {
  return { id, name, mime, sha256 };
}
