import { type Actor, personOf } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { kstDay } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import { Conflict, NotFound, Refused } from "@/lib/errors";
import { onboardingFacts } from "../queries/onboarding-facts";
import { assertMayGoLive, assertPhrase, assertRequester, assertSecondPerson, goLiveDigest } from "../rules/go-live";
import { onboardingOf } from "../rules/onboarding";
import type { AgreeGoLive, DeclineGoLive, RequestGoLive, WithdrawGoLive } from "../schema";
import { lockChannel } from "./channel-lock";

/**
 * Asks to go live, bound to what each needed item is held by. A request whose items have changed since makes room for a new one.
 * @returns its id. @throws NotFound; Refused while an item is open, when live before, ended, asked already, or beside `phrase`
 */
export async function requestGoLive(actor: Actor, { channelId, phrase }: RequestGoLive): Promise<string> {
  return change(actor, "channel:request-go-live", async (tx, record) => {
    const channel = await lockChannel(tx, channelId);
    const { personId } = personOf(actor);
    const at = new Date();
    const { facts, digest } = await standing(tx, channelId, at);
    assertMayGoLive(channel, facts, at);
    assertPhrase(phrase, channel.searchId);
    const former = await tx.goLiveRequest.findFirst({ where: { channelId, outcome: null } });
    if (former?.digest === digest) throw new Refused("channels.refused.requested");
    if (former) await close(tx, former.id, { outcome: "withdrawn", closedBy: personId, closedAt: at });
    const { id } = await tx.goLiveRequest.create({
      data: { organizationId: actor.organizationId, channelId, personId, at, digest },
    });
    await record({
      action: "channel.live-requested",
      target: { kind: "channel", id: channelId },
      body: { request: id, digest, replaces: former?.id ?? null },
    });
    return id;
  });
}

/**
 * Agrees to a request, as a second person, and takes the channel live: from here on the chat of Kakao's channel centre is off and
 * cannot be brought back (guide 3-3).
 * @throws NotFound; Refused for the person who asked, when nothing is asked, beside `phrase`; Conflict when items changed since
 */
export async function agreeGoLive(actor: Actor, { channelId, requestId, phrase }: AgreeGoLive): Promise<void> {
  await change(actor, "channel:go-live", async (tx, record) => {
    const channel = await lockChannel(tx, channelId);
    const request = await openRequest(tx, channelId, requestId);
    const { personId } = personOf(actor);
    assertSecondPerson(request.personId, personId);
    assertPhrase(phrase, channel.searchId);
    const at = new Date();
    const { facts, digest } = await standing(tx, channelId, at);
    if (digest !== request.digest) throw new Conflict("channels.refused.requestChanged");
    assertMayGoLive(channel, facts, at);
    await close(tx, requestId, { outcome: "approved", closedBy: personId, closedAt: at });
    await tx.channelGoLive.create({
      data: { channelId, organizationId: actor.organizationId, personId, requestedBy: request.personId, at },
    });
    await tx.channel.update({ where: { id: channelId }, data: { version: { increment: 1 } } });
    await record({
      action: "channel.went-live",
      target: { kind: "channel", id: channelId },
      body: { request: requestId, digest, requestedBy: request.personId },
    });
  });
}

/** Sends a request back, with what has to be put right. @throws NotFound, Refused for the person who asked or when nothing is asked */
export async function declineGoLive(actor: Actor, { channelId, requestId, note }: DeclineGoLive): Promise<void> {
  await change(actor, "channel:go-live", async (tx, record) => {
    await lockChannel(tx, channelId);
    const request = await openRequest(tx, channelId, requestId);
    const { personId } = personOf(actor);
    assertSecondPerson(request.personId, personId);
    await close(tx, requestId, { outcome: "declined", closedBy: personId, closedAt: new Date(), note });
    await record({
      action: "channel.live-declined",
      target: { kind: "channel", id: channelId },
      body: { request: requestId },
    });
  });
}

/** Takes a request back. @throws NotFound, Refused for everybody but the person who asked, or when nothing is asked */
export async function withdrawGoLive(actor: Actor, { channelId, requestId }: WithdrawGoLive): Promise<void> {
  await change(actor, "channel:request-go-live", async (tx, record) => {
    await lockChannel(tx, channelId);
    const request = await openRequest(tx, channelId, requestId);
    const { personId } = personOf(actor);
    assertRequester(request.personId, personId);
    await close(tx, requestId, { outcome: "withdrawn", closedBy: personId, closedAt: new Date() });
    await record({
      action: "channel.live-withdrawn",
      target: { kind: "channel", id: channelId },
      body: { request: requestId },
    });
  });
}

/** What the channel's items follow from now, and the digest of where they stand. */
async function standing(tx: Tx, channelId: string, at: Date) {
  const today = kstDay(at);
  const facts = (await onboardingFacts(tx, [channelId], today)).get(channelId);
  if (!facts) throw new NotFound();
  return { facts, digest: goLiveDigest(channelId, onboardingOf(facts, today).states) };
}

async function openRequest(tx: Tx, channelId: string, id: string) {
  const request = await tx.goLiveRequest.findFirst({ where: { id, channelId } });
  if (!request) throw new NotFound();
  if (request.outcome !== null) throw new Refused("channels.refused.noRequest");
  return request;
}

type Closing = { outcome: "approved" | "declined" | "withdrawn"; closedBy: string; closedAt: Date; note?: string };

async function close(tx: Tx, id: string, closing: Closing): Promise<void> {
  await tx.goLiveRequest.update({ where: { id }, data: closing });
}
