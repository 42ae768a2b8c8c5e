// The channel that `--channel @id` means, with the operator as an actor of its organization.
import type { OperatorActor } from "@/lib/auth/actor";
import { setupError } from "../setup-error.mjs";
import { listOrganizations, operatorOf } from "./organizations";

/** @throws a sentence when no organization has it, or several have and none is named. The context must be open. */
export async function findChannel(
  searchId: string,
  organization?: string,
): Promise<{ actor: OperatorActor; channelId: string }> {
  const { getChannelBySearchId } = await import("@/lib/dealers/queries/connections");
  const found = [];
  for (const { id } of await listOrganizations(organization)) {
    const actor = operatorOf(id);
    const channel = await getChannelBySearchId(actor, searchId);
    if (channel) found.push({ actor, channelId: channel.id });
  }
  const [only, ...others] = found;
  if (!only) throw setupError(`채널 ${searchId}를 찾을 수 없습니다.`, `There is no channel ${searchId}.`);
  if (others.length > 0) {
    throw setupError(
      `채널 ${searchId}가 여러 회사에 있습니다. --organization으로 골라 주십시오.`,
      `Several organizations have a channel ${searchId}; name one with --organization.`,
    );
  }
  return only;
}
