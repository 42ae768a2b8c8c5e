import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import type { Permission } from "@/lib/auth/permissions";
import type { Tx } from "@/lib/db/client";
import { unseal } from "@/lib/seal";
import { type DealerAccess, type DealerClient, dealerClient } from "../client/client";
import { accessPlace } from "../rules/access";
import { isCallable } from "../schema/access";

/** Who allowed calls and where they go; never the key. */
export type AccessFacts = { address: string; at: Date; personName: string };

/** Whether the dealer of a connection may be called; null: nobody allowed it. */
export function getAccess(actor: Actor, connectionId: string): Promise<AccessFacts | null> {
  return read(actor, "connection:read", async (tx) => {
    const [found] = await tx.$queryRaw<AccessFacts[]>`
      SELECT a.address, a.at, p.name AS "personName" FROM dealer_accesses a JOIN persons p ON p.id = a.person_id
      WHERE a.connection_id = ${connectionId}::uuid AND a.ended_at IS NULL`;
    return found ?? null;
  });
}

const credentialsSchema = z.object({ id: z.string(), key: z.string() });

/**
 * The client of a channel's dealer, read anew for each use: what an administrator took back is refused from the next call on (trust.md P-24).
 * Null where nobody allowed calls, the connection is closed, or the channel has no sender key.
 * @param permission what the caller is about to do
 */
export function dealerOf(actor: Actor, permission: Permission, where: Where): Promise<DealerClient | null> {
  return read(actor, permission, async (tx) => {
    const access = await accessOf(tx, where);
    return access && dealerClient(access);
  });
}

/** Whether that client would be there; its key stays sealed. */
export function isDealerCallable(actor: Actor, permission: Permission, channelId: string): Promise<boolean> {
  return read(actor, permission, async (tx) => {
    const found = await tx.dealerAccess.findFirst({
      where: { ...openTo({ channelId }), sealed: { not: null } },
      orderBy: { at: "desc" },
      select: { connection: { select: { format: true, channel: { select: { senderKey: true } } } } },
    });
    return found !== null && found.connection.channel.senderKey !== null && isCallable(found.connection.format);
  });
}

type Where = { connectionId: string } | { channelId: string };
const openTo = (where: Where) => ({
  endedAt: null,
  connection: { closedAt: null, ...("channelId" in where ? where : { id: where.connectionId }) },
});

async function accessOf(tx: Tx, where: Where): Promise<DealerAccess | null> {
  const found = await tx.dealerAccess.findFirst({
    where: openTo(where),
    orderBy: { at: "desc" },
    include: { connection: { include: { channel: { select: { senderKey: true } } } } },
  });
  if (!found?.sealed) return null;
  const { connection, connectionId, address } = found;
  const { senderKey } = connection.channel;
  if (senderKey === null || !isCallable(connection.format)) return null;
  const credentials = credentialsSchema.parse(JSON.parse(unseal(accessPlace(connectionId), found.sealed)));
  return { format: connection.format, address, senderKey, credentials };
}
