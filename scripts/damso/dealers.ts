// connection create: a hook address for a channel's dealer, printed once.
import type { Command } from "commander";
import { setupError } from "../setup-error.mjs";
import type { CommandContext } from "./context";

type CreateOptions = { channel: string; format: string; allow?: string; signed?: boolean; organization?: string };

export function registerDealerCommands(program: Command, context: CommandContext): void {
  program
    .command("connection")
    .description("딜러 연결 / dealer connections")
    .command("create")
    .description("수신 주소를 만들어 한 번 보여 줍니다 / make a hook address, shown once")
    .requiredOption("--channel <@id>", "채널의 검색용 아이디 / search id of the channel")
    .requiredOption("--format <format>", "infobank | happytalk | canonical")
    .option("--allow <addresses>", "허용 IP나 CIDR, 쉼표로 / allowed addresses or ranges, by commas")
    .option("--signed", "서명을 요구합니다 (canonical) / require signatures")
    .option("--organization <slug>", "회사 / organization")
    .action(async (options: CreateOptions) => {
      const { DAMSO_URL } = await context.open();
      const { closeDatabase } = await import("@/lib/db/client");
      context.atEnd(closeDatabase);
      const { createConnection } = await import("@/lib/dealers/commands/create-connection");
      const { hookAddress } = await import("@/lib/dealers/rules/connection");
      const { createConnectionSchema, formats } = await import("@/lib/dealers/schema/connection");
      const { findChannel } = await import("./channel-by-search-id");
      if (!formats.some((format) => format === options.format)) {
        throw setupError(
          `--format은 ${formats.join(", ")} 가운데 하나입니다.`,
          `--format is one of ${formats.join(", ")}.`,
        );
      }
      const { actor, channelId } = await findChannel(options.channel, options.organization);
      const input = createConnectionSchema.safeParse({
        channelId,
        format: options.format,
        allowedFrom: options.allow ?? "",
        signed: options.signed ?? false,
      });
      if (!input.success) {
        throw setupError(
          "--allow에 IP 주소나 CIDR 범위가 아닌 것이 있습니다.",
          "--allow holds something that is no address or range.",
        );
      }
      const { connectionId, token, secret } = await createConnection(actor, input.data);
      const url = hookAddress(DAMSO_URL, token ?? "");
      context.one({ url, connectionId, ...(secret ? { secret } : {}) });
    });
}
