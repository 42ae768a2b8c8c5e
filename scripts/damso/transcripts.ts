// sessions count: what is kept of a channel's consultations.
import type { Command } from "commander";
import { NotFound } from "@/lib/errors";
import type { CommandContext } from "./context";

export function registerTranscriptCommands(program: Command, context: CommandContext): void {
  program
    .command("sessions")
    .description("상담 / consultations")
    .command("count")
    .description("상담과 메시지의 수 / number of sessions and messages")
    .requiredOption("--channel <@id>", "채널의 검색용 아이디 / search id of the channel")
    .option("--organization <slug>", "회사 / organization")
    .action(async (options: { channel: string; organization?: string }) => {
      await context.open();
      const { closeDatabase } = await import("@/lib/db/client");
      context.atEnd(closeDatabase);
      const { countConsults } = await import("@/lib/transcripts/queries/list-consults");
      const { findChannel } = await import("./channel-by-search-id");
      const { actor } = await findChannel(options.channel, options.organization);
      const count = await countConsults(actor, options.channel);
      if (!count) throw new NotFound();
      context.one(count);
    });
}
