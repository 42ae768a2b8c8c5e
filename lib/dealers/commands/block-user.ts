import type { Actor } from "@/lib/auth/actor";
import type { Permission } from "@/lib/auth/permissions";
import { Refused } from "@/lib/errors";
import { dealerOf } from "../queries/dealer-access";

/**
 * Blocks a user of a channel at its dealer; a consultation under way ends with it (field-facts 1.6). Twice is as once.
 * @throws Refused with the dealer's reason; what came of it is the caller's to write down
 */
export async function blockAtDealer(
  actor: Actor,
  permission: Permission,
  { channelId, userKey }: { channelId: string; userKey: string },
): Promise<void> {
  const client = await dealerOf(actor, permission, { channelId });
  if (!client) throw new Refused("dealers.access.refused.none");
  const result = await client.block(userKey);
  if (!result.ok) throw new Refused(`dealers.access.reason.${result.reason}`);
}
