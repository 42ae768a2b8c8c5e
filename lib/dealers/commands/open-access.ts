import { type Actor, personOf } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { Refused } from "@/lib/errors";
import { seal } from "@/lib/seal";
import { accessPlace } from "../rules/access";
import { isCallable, type OpenAccess } from "../schema/access";
import { lockOpenConnection } from "./rotate-connection";

/**
 * Lets the portal call the dealer of a connection. One that was open ends with it: its key is forgotten.
 * @throws NotFound; Refused when the connection is closed or its format has no API that we know
 */
export async function openAccess(
  actor: Actor,
  { connectionId, address, clientId, key }: OpenAccess,
  now = new Date(),
): Promise<void> {
  await change(actor, "connection:call", async (tx, record) => {
    const { personId } = personOf(actor);
    const { format } = await lockOpenConnection(tx, connectionId);
    if (!isCallable(format)) throw new Refused("dealers.access.refused.format");
    if (format === "happytalk" && clientId === "") throw new Refused("dealers.access.refused.clientId", "clientId");
    await tx.dealerAccess.updateMany({
      where: { connectionId, endedAt: null },
      data: { sealed: null, endedBy: personId, endedAt: now },
    });
    const credentials = { id: format === "happytalk" ? clientId : "", key };
    await tx.dealerAccess.create({
      data: {
        ...{ organizationId: actor.organizationId, connectionId, address, personId, at: now },
        sealed: seal(accessPlace(connectionId), JSON.stringify(credentials)),
      },
    });
    await record({
      action: "connection.calls-opened",
      target: { kind: "connection", id: connectionId },
      body: { address },
    });
  });
}

/** No call is made from the next one on, in every instance; the key is forgotten. @throws NotFound; Refused when none was allowed */
export async function closeAccess(actor: Actor, connectionId: string, now = new Date()): Promise<void> {
  await change(actor, "connection:call", async (tx, record) => {
    await lockOpenConnection(tx, connectionId);
    const { count } = await tx.dealerAccess.updateMany({
      where: { connectionId, endedAt: null },
      data: { sealed: null, endedBy: personOf(actor).personId, endedAt: now },
    });
    if (count === 0) throw new Refused("dealers.access.refused.none");
    await record({ action: "connection.calls-closed", target: { kind: "connection", id: connectionId } });
  });
}
