import { randomUUID } from "node:crypto";
import { type Actor, actorReference } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { NotFound, Refused } from "@/lib/errors";
import { seal } from "@/lib/seal";
import { newSecret, newToken, tokenHash } from "../rules/connection";
import type { CreateConnection } from "../schema/connection";
import { secretPlace } from "./rotate-connection";

/** What is shown once and kept nowhere: only the token's SHA-256 and the sealed secret stay. */
export type Credentials = { connectionId: string; token: string | null; secret: string | null };

/**
 * Opens a way in for a channel's dealer.
 * @throws NotFound for a channel that is not there; Refused when signatures are asked of a dealer's own format
 */
export async function createConnection(actor: Actor, input: CreateConnection): Promise<Credentials> {
  const { channelId, format, allowedFrom, signed } = input;
  if (signed && format !== "canonical") throw new Refused("dealers.refused.signature", "signed");
  const connectionId = randomUUID();
  const token = newToken();
  const secret = signed ? newSecret() : null;
  await change(actor, "connection:create", async (tx, record) => {
    const channel = await tx.channel.findUnique({ where: { id: channelId }, select: { id: true } });
    if (!channel) throw new NotFound();
    await tx.dealerConnection.create({
      data: {
        id: connectionId,
        organizationId: actor.organizationId,
        channelId,
        format,
        allowedFrom,
        secretSealed: secret ? seal(secretPlace(connectionId), secret) : null,
        createdBy: actorReference(actor).id,
        tokens: { create: { hash: tokenHash(token) } },
      },
    });
    await record({
      action: "connection.created",
      target: { kind: "connection", id: connectionId },
      body: { channel: channelId, format, addresses: allowedFrom.length, signed },
    });
  });
  return { connectionId, token, secret };
}
