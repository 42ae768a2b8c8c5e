import type { Actor } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";
import { NotFound, Refused } from "@/lib/errors";
import { seal } from "@/lib/seal";
import { newSecret, newToken, overlapMs, tokenHash } from "../rules/connection";
import type { Credentials } from "./create-connection";

/** What a connection's secret is sealed for. */
export const secretPlace = (connectionId: string) => `connection:${connectionId}:secret`;

/** A new hook address. The one before works for 24 h more. @throws NotFound; Refused when closed */
export async function rotateToken(actor: Actor, connectionId: string, now: Date): Promise<Credentials> {
  const token = newToken();
  const expiresAt = new Date(now.getTime() + overlapMs);
  await change(actor, "connection:rotate", async (tx, record) => {
    await lockOpenConnection(tx, connectionId);
    await tx.dealerToken.updateMany({ where: { connectionId, expiresAt: null }, data: { expiresAt } });
    await tx.dealerToken.create({
      data: { organizationId: actor.organizationId, connectionId, hash: tokenHash(token) },
    });
    await record({
      action: "connection.rotated",
      target: { kind: "connection", id: connectionId },
      body: { what: "address", oldUntil: expiresAt.toISOString() },
    });
  });
  return { connectionId, token, secret: null };
}

/**
 * A new signing secret, or the first one: from then on unsigned events are refused. The secret before works for 24 h more.
 * @throws NotFound; Refused when closed or when the format has no signatures
 */
export async function rotateSecret(actor: Actor, connectionId: string, now: Date): Promise<Credentials> {
  const secret = newSecret();
  const oldUntil = new Date(now.getTime() + overlapMs);
  await change(actor, "connection:rotate", async (tx, record) => {
    const { format, secretSealed } = await lockOpenConnection(tx, connectionId);
    if (format !== "canonical") throw new Refused("dealers.refused.signature");
    await tx.dealerConnection.update({
      where: { id: connectionId },
      data: {
        secretSealed: seal(secretPlace(connectionId), secret),
        oldSecretSealed: secretSealed,
        oldSecretUntil: secretSealed ? oldUntil : null,
      },
    });
    await record({
      action: "connection.rotated",
      target: { kind: "connection", id: connectionId },
      body: { what: "secret", oldUntil: secretSealed ? oldUntil.toISOString() : null },
    });
  });
  return { connectionId, token: null, secret };
}

/** The connection, kept from changing until the end of the transaction. @throws NotFound; Refused when it is closed */
export async function lockOpenConnection(tx: Tx, connectionId: string) {
  await tx.$queryRaw`SELECT id FROM dealer_connections WHERE id = ${connectionId}::uuid FOR UPDATE`;
  const connection = await tx.dealerConnection.findUnique({ where: { id: connectionId } });
  if (!connection) throw new NotFound();
  if (connection.closedAt) throw new Refused("dealers.refused.closed");
  return connection;
}
