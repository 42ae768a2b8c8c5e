import { type Actor, personOf } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { Conflict } from "@/lib/errors";
import type { EditConnection } from "../schema/connection";
import { lockOpenConnection } from "./rotate-connection";

/** Changes who may call. @throws NotFound; Refused when closed; Conflict when somebody changed it meanwhile */
export async function editConnection(
  actor: Actor,
  { connectionId, version, allowedFrom }: EditConnection,
): Promise<void> {
  await change(actor, "connection:edit", async (tx, record) => {
    const connection = await lockOpenConnection(tx, connectionId);
    if (connection.version !== version) throw new Conflict();
    await tx.dealerConnection.update({ where: { id: connectionId }, data: { allowedFrom, version: version + 1 } });
    await record({
      action: "connection.edited",
      target: { kind: "connection", id: connectionId },
      body: { addressesBefore: connection.allowedFrom.length, addresses: allowedFrom.length },
    });
  });
}

/** Ends a connection for good: its addresses answer 404 from the next request on. @throws NotFound; Refused when closed already */
export async function closeConnection(actor: Actor, connectionId: string, now: Date): Promise<void> {
  await change(actor, "connection:close", async (tx, record) => {
    await lockOpenConnection(tx, connectionId);
    await tx.dealerConnection.update({
      where: { id: connectionId },
      data: { closedAt: now, secretSealed: null, oldSecretSealed: null, oldSecretUntil: null },
    });
    await tx.dealerAccess.updateMany({
      where: { connectionId, endedAt: null },
      data: { sealed: null, endedBy: personOf(actor).personId, endedAt: now },
    });
    await record({ action: "connection.closed", target: { kind: "connection", id: connectionId } });
  });
}
