// channels: what the operator asks about channels, of every organization or of one.
import type { Command } from "commander";
import { setupError } from "../setup-error.mjs";
import type { CommandContext } from "./context";
import { listOrganizations, operatorOf } from "./organizations";

export function registerChannelCommands(program: Command, context: CommandContext): void {
  const channels = program.command("channels").description("채널 / channels");
  channels
    .command("check")
    .description("채널 홈과 처리방침을 지금 점검합니다 / check the channel home and the privacy policy now")
    .requiredOption("--channel <@id>", "채널의 검색용 아이디 / search id of the channel")
    .option("--kind <kind>", "channel-home | privacy-policy")
    .option("--organization <slug>", "회사 / organization")
    .action(async (options: CheckOptions) => {
      await context.open();
      const { closeDatabase } = await import("@/lib/db/client");
      context.atEnd(closeDatabase);
      context.list(await checked(options));
    });
  channels
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

type CheckOptions = { channel: string; kind?: string; organization?: string };

async function checked(options: CheckOptions) {
  const { runCheck } = await import("@/lib/channels/commands/run-check");
  const { listChecks } = await import("@/lib/channels/queries/list-checks");
  const { pageKinds } = await import("@/lib/channels/schema/check");
  const { findChannel } = await import("./channel-by-search-id");
  const kind = pageKinds.find((one) => one === options.kind);
  if (options.kind !== undefined && !kind) {
    throw setupError(
      `--kind는 ${pageKinds.join(", ")} 가운데 하나입니다.`,
      `--kind is one of ${pageKinds.join(", ")}.`,
    );
  }
  const { actor, channelId } = await findChannel(options.channel, options.organization);
  await runCheck(actor, { channelId, kind });
  const newest = (await listChecks(actor, channelId))?.newest ?? [];
  return newest
    .filter((check) => (kind ? check.kind === kind : check.kind !== "sender-profile"))
    .map(({ kind: of, at, status, failure, address, sha256, answers }) => ({
      ...{ kind: of, at, status, failure, address, sha256 },
      answers: answers.map(({ item, answer }) => `${item}=${answer}`).join(" "),
    }));
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
