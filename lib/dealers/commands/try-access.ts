import type { Actor } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { Refused } from "@/lib/errors";
import { dealerOf } from "../queries/dealer-access";
import { type Trial, trialOf } from "../rules/access";

/**
 * Asks the dealer for the channel's own profile, which changes nothing there. A dealer without such a call is not tried.
 * @throws Refused when calls are not allowed; Forbidden
 */
export async function tryAccess(actor: Actor, connectionId: string): Promise<Trial> {
  const client = await dealerOf(actor, "connection:call", { connectionId });
  if (!client) throw new Refused("dealers.access.refused.none");
  const trial = trialOf(await client.profile());
  await change(actor, "connection:call", (_tx, record) =>
    record({
      action: "connection.calls-tried",
      target: { kind: "connection", id: connectionId },
      body: { ...trial },
    }),
  );
  return trial;
}
