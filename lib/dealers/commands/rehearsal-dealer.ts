// A rehearsal's dealer: a stand-in over real HTTP, called by the client that calls dealers. Only its address and key are its own.
import { randomUUID } from "node:crypto";
import { type Actor, actorReference } from "@/lib/auth/actor";
import { change, read } from "@/lib/auth/door";
import { rehearsing } from "@/lib/db/rehearsing";
import { env } from "@/lib/env";
import { NotFound, Refused } from "@/lib/errors";
import { allowedFrom } from "@/lib/outbound/addresses";
import { callService } from "@/lib/outbound/call";
import { derivedKey } from "@/lib/seal";
import { only } from "@/lib/streams";
import { type DealerClient, type DealerFormat, dealerClient } from "../client/client";
import { newToken, tokenHash } from "../rules/connection";

/** What whoever plays the user shows to the stand-ins. */
export const controlKey = (): string => derivedKey("rehearsal control").toString("base64url");
const apiKey = (rehearsalId: string): string => derivedKey(`rehearsal ${rehearsalId}`).toString("base64url");
/** A channel whose key nobody entered yet is rehearsed under one of its own; Kakao's have 40 hex digits. */
const senderKeyOf = ({ id, senderKey }: { id: string; senderKey: string | null }): string =>
  senderKey ?? derivedKey(`rehearsal sender ${id}`).toString("hex").slice(0, 40);

type Rehearsed = { id: string; format: DealerFormat; senderKey: string | null };

/** Whether stand-ins are served at all. */
export const hasStandIns = (): boolean => env().DAMSO_REHEARSAL_DEALER !== undefined;

function standInAddress(id: string): { address: string; allowed: ReturnType<typeof allowedFrom> } {
  const base = env().DAMSO_REHEARSAL_DEALER;
  if (base === undefined) throw new Refused("rehearsal.run.refused.noDealer");
  return { address: `${base}/r/${id}`, allowed: allowedFrom([new URL(base).host]) };
}

/** The client that calls dealers, pointed at a rehearsal's stand-in. */
export function rehearsalClient(rehearsal: Rehearsed): DealerClient {
  const { address, allowed } = standInAddress(rehearsal.id);
  const credentials = { id: "rehearsal", key: apiKey(rehearsal.id) };
  const access = { format: rehearsal.format, address, senderKey: senderKeyOf(rehearsal), credentials };
  return dealerClient(access, { call: (at, call) => callService(at, call, { allowed }) });
}

/**
 * Opens a way in and a stand-in that knows it; a second time, a new one takes its place.
 * @param aheadMs by how much the rehearsal's time is ahead @throws NotFound; Refused where no stand-ins are served
 */
export async function openRehearsalDealer(
  actor: Actor,
  rehearsal: { id: string; channelId: string; format: DealerFormat },
  aheadMs: number,
): Promise<void> {
  const { id, channelId, format } = rehearsal;
  const { organizationId } = actor;
  const token = newToken();
  const channel = await change(actor, "rehearsal:run", async (tx, record) => {
    await rehearsing(tx);
    const found = await tx.channel.findUnique({
      where: { id: channelId },
      select: { searchId: true, name: true, senderKey: true },
    });
    if (!found) throw new NotFound();
    const before = await tx.dealerConnection.findFirst({ where: { rehearsalId: id }, select: { id: true } });
    const connectionId = before?.id ?? randomUUID();
    if (!before)
      await tx.dealerConnection.create({
        data: {
          ...{ id: connectionId, organizationId, channelId, format, rehearsalId: id },
          createdBy: actorReference(actor).id,
        },
      });
    await tx.dealerToken.deleteMany({ where: { connectionId } });
    await tx.dealerToken.create({ data: { organizationId, connectionId, hash: tokenHash(token) } });
    await record({ action: "rehearsal.connected", target: { kind: "rehearsal", id }, body: { format } });
    const { name: company } = await tx.organization.findUniqueOrThrow({
      where: { id: organizationId },
      select: { name: true },
    });
    return { ...found, company };
  });
  await askStandIn(id, "open", {
    ...{ format, token, ahead: aheadMs, key: apiKey(id), senderKey: senderKeyOf({ id, senderKey: channel.senderKey }) },
    ...{ name: channel.name, searchId: `@${channel.searchId}`, company: channel.company },
  });
}

/** The connection of a rehearsal, under which its consultations are taken. @throws NotFound */
export function rehearsalConnection(actor: Actor, rehearsalId: string): Promise<string> {
  return read(actor, "rehearsal:run", async (tx) => {
    await rehearsing(tx);
    const found = await tx.dealerConnection.findFirst({ where: { rehearsalId }, select: { id: true } });
    if (!found) throw new NotFound();
    return found.id;
  });
}

const answerMs = 20_000;

/**
 * Asks a stand-in for what a user does, and waits until its webhooks have arrived.
 * @throws Refused "lost" when it knows the rehearsal no more (it was started anew), or cannot be reached
 */
export async function controlStandIn(rehearsalId: string, act: string, given: unknown): Promise<unknown> {
  const answer = await askStandIn(rehearsalId, act, given);
  await askStandIn(rehearsalId, "settle", {});
  return answer;
}

async function askStandIn(rehearsalId: string, act: string, given: unknown): Promise<unknown> {
  const { address, allowed } = standInAddress(rehearsalId);
  const bytes = Buffer.from(JSON.stringify(given));
  const answer = await callService(
    `${address}/control/${act}`,
    {
      ...{ method: "POST", mostMs: answerMs, queue: `rehearsal ${rehearsalId}` },
      headers: { "content-type": "application/json", authorization: `Bearer ${controlKey()}` },
      body: { length: bytes.length, source: only(bytes) },
    },
    { allowed },
  );
  if (!answer.ok || answer.status !== 200) throw new Refused("rehearsal.run.refused.lost");
  return JSON.parse(answer.text);
}
