import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { dealerBySlug } from "@/lib/dealers/directory";
import { NotFound, Refused } from "@/lib/errors";
import { type Fetched, fetchPage } from "@/lib/outbound";
import { channelHomeAddress, type PageReading, readChannelHome, readPrivacyPolicy } from "../rules/page-answers";
import { type PageKind, pageKinds, type RunCheck } from "../schema/check";
import { keepCheck } from "./keep-check";

/** What a page check needs to know of a channel. */
export type CheckedChannel = {
  id: string;
  name: string;
  publicId: string | null;
  privacyUrl: string | null;
  dealer: string | null;
};

export type ReadPage = (address: string) => Promise<Fetched>;

/** Seconds within which the same page is not asked for again by hand. */
const pauseSeconds = 10;

/**
 * Reads a channel's public pages now and keeps what they say. The pages are read before any transaction begins.
 * @returns how many were read. @throws NotFound, Forbidden, Refused when there is no address to read, or it was read a moment ago
 */
export async function runCheck(
  actor: Actor,
  { channelId, kind }: RunCheck,
  readPage: ReadPage = fetchPage,
): Promise<number> {
  if (!z.uuid().safeParse(channelId).success) throw new NotFound();
  const channel = await read(actor, "check:run", async (tx) => {
    const found = await tx.channel.findUnique({ where: { id: channelId } });
    if (!found) throw new NotFound();
    const since = new Date(Date.now() - pauseSeconds * 1_000);
    const kinds = kind ? [kind] : [...pageKinds];
    if ((await tx.channelCheck.count({ where: { channelId, kind: { in: kinds }, at: { gt: since } } })) > 0) {
      throw new Refused("channels.refused.checkedJustNow", undefined, { seconds: pauseSeconds });
    }
    return found;
  });
  const kinds = pageKinds.filter((one) => (kind === undefined || kind === one) && addressOf(channel, one) !== null);
  if (kinds.length === 0) throw new Refused("channels.refused.noPage");
  const readings = await Promise.all(kinds.map((one) => readPageOf(channel, one, readPage)));
  for (const keep of readings) await keep(actor);
  return readings.length;
}

function addressOf(channel: CheckedChannel, kind: PageKind): string | null {
  if (kind === "privacy-policy") return channel.privacyUrl;
  return channel.publicId === null ? null : channelHomeAddress(channel.publicId);
}

/** Asks for one page. @returns keeps what it said */
export async function readPageOf(
  channel: CheckedChannel,
  kind: PageKind,
  readPage: ReadPage,
): Promise<(actor: Actor) => Promise<string>> {
  const page = await readPage(addressOf(channel, kind) ?? "");
  const { answers, names, periods } = reading(channel, kind, page);
  const facts = periods ? [{ name: "periods", value: periods.join(", "), verdict: null }] : undefined;
  const seen = page.ok
    ? { status: page.status, address: page.address, sha256: page.sha256, bytes: page.bytes }
    : { failure: page.failure, address: page.address };
  return (actor) => keepCheck(actor, channel.id, { kind, ...seen, answers, names, ...(facts ? { facts } : {}) });
}

function reading(channel: CheckedChannel, kind: PageKind, page: Fetched): PageReading {
  if (kind === "privacy-policy") return readPrivacyPolicy(page, dealerBySlug(channel.dealer));
  return readChannelHome(page, { publicId: channel.publicId ?? "", name: channel.name });
}
