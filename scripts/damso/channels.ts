// channels: what the operator asks about channels, of every organization or of one.
import type { Command } from "commander";
import { setupError } from "../setup-error.mjs";
import type { CommandContext } from "./context";
import { listOrganizations, operatorOf } from "./organizations";

export function registerChannelCommands(program: Command, context: CommandContext): void {
  program
    .command("channels")
    .description("채널 / channels")
    .command("list", { isDefault: true })
    .description("채널을 보여 줍니다 / list channels")
    .option("--organization <slug>", "한 회사만 / one organization alone")
    .option("--state <state>", "preparing | live | ending | ended")
    .action(async (options: { organization?: string; state?: string }) => {
      await context.open();
      const { closeDatabase } = await import("@/lib/db/client");
      context.atEnd(closeDatabase);
      const { channelStates } = await import("@/lib/channels/schema");
      if (options.state !== undefined && !channelStates.some((state) => state === options.state)) {
        throw setupError(
          `--state는 ${channelStates.join(", ")} 가운데 하나입니다.`,
          `--state is one of ${channelStates.join(", ")}.`,
        );
      }
      context.list(await found(options));
    });
}

async function found(options: { organization?: string; state?: string }) {
  const { listChannels } = await import("@/lib/channels/queries/list-channels");
  const { listChannelsSchema } = await import("@/lib/channels/schema");
  const now = new Date();
  const items = [];
  for (const organization of await listOrganizations(options.organization)) {
    const actor = operatorOf(organization.id);
    let after: string | undefined;
    do {
      const page = await listChannels(actor, listChannelsSchema.parse({ state: options.state, after }), now);
      items.push(
        ...page.items.map((channel) => ({
          organization: organization.slug,
          searchId: channel.searchId,
          name: channel.name,
          state: channel.state,
          publicId: channel.publicId,
          senderKey: channel.senderKey,
          dealer: channel.dealer,
          endsOn: channel.endsOn,
          placements: channel.placements,
          id: channel.id,
        })),
      );
      after = page.next ?? undefined;
    } while (after !== undefined);
  }
  return items;
}
