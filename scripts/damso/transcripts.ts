// sessions count, transcripts import and export: what is kept of a channel's consultations, what comes in and what goes out.
import type { Command } from "commander";
import { NotFound } from "@/lib/errors";
import { setupError } from "../setup-error.mjs";
import type { CommandContext } from "./context";

type ImportOptions = { channel: string; connection?: string; organization?: string };
type ExportOptions = {
  channel: string;
  session?: string;
  from?: string;
  to?: string;
  category?: string;
  format: string;
  unmasked?: boolean;
  purpose: string;
  reason: string;
  out: string;
  organization?: string;
};

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

  const transcripts = program.command("transcripts").description("상담 기록 / transcripts");
  transcripts
    .command("import <file>")
    .description("NDJSON 파일을 가져옵니다 / import a file of canonical events, taken up again where it stopped")
    .requiredOption("--channel <@id>", "채널의 검색용 아이디 / search id of the channel")
    .option(
      "--connection <id>",
      "딜러 연결의 id, 채널에 여럿이면 / id of the dealer connection, where there are several",
    )
    .option("--organization <slug>", "회사 / organization")
    .action((file: string, options: ImportOptions) => importFile(context, file, options));
  transcripts
    .command("export")
    .description("암호화한 파일로 내보냅니다 / export into an encrypted file; the password is shown once")
    .requiredOption("--channel <@id>", "채널의 검색용 아이디 / search id of the channel")
    .requiredOption("--purpose <name>", "조회 목적의 이름 / name of the purpose")
    .requiredOption("--reason <text>", "구체적인 사유, 10자 이상 / reason, at least 10 characters")
    .requiredOption("--out <file>", "새로 만들 ZIP 파일 / ZIP file to make")
    .option("--session <id>", "딜러의 세션 id / the dealer's session id")
    .option("--from <day>", "열린 날부터 / opened from, YYYY-MM-DD")
    .option("--to <day>", "열린 날까지 / opened to, YYYY-MM-DD")
    .option("--category <key>", "general, dispute, contract, payment, advertising, other")
    .option("--format <format>", "ndjson | csv | pdf", "ndjson")
    .option("--unmasked", "가리지 않습니다, 목적이 허용하면 / not masked, where the purpose allows it")
    .option("--organization <slug>", "회사 / organization")
    .action((options: ExportOptions) => exportFile(context, options));
}

async function importFile(context: CommandContext, file: string, options: ImportOptions): Promise<void> {
  await context.open();
  const { closeDatabase } = await import("@/lib/db/client");
  context.atEnd(closeDatabase);
  const { importEvents } = await import("@/lib/transcripts/commands/import-events");
  const { importConnections, listFaultCounts } = await import("@/lib/transcripts/queries/list-imports");
  const { findChannel } = await import("./channel-by-search-id");
  const { actor, channelId } = await findChannel(options.channel, options.organization);
  const open = await importConnections(actor, channelId);
  const canonical = open.filter(({ format }) => format === "canonical");
  const choice = options.connection
    ? open.filter(({ id }) => id === options.connection)
    : canonical.length > 0
      ? canonical
      : open;
  const [connection, ...others] = choice;
  if (!connection)
    throw setupError(
      "이 채널에 그런 딜러 연결이 없습니다. connection create로 먼저 만들어 주십시오.",
      "The channel has no such dealer connection; make one with connection create.",
    );
  if (others.length > 0)
    throw setupError(
      `딜러 연결이 여럿입니다. --connection으로 골라 주십시오: ${choice.map(({ id }) => id).join(", ")}`,
      "There are several connections; name one with --connection.",
    );
  const started = performance.now();
  let bar: ReturnType<CommandContext["progress"]> | null = null;
  const summary = await importEvents(actor, connection.id, context.file(file), (bytes, total) => {
    bar ??= context.progress("가져오기 / import", total);
    bar.advance(bytes);
  }).finally(() => bar?.end());
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  const faults = await listFaultCounts(actor, summary.importId);
  const said = {
    new: "파일을 끝까지 읽었습니다. / The file was read to its end.",
    resumed: "멈추었던 곳부터 끝까지 읽었습니다. / Went on where it had stopped, to the end.",
    repeated: "전에 가져온 파일입니다. 새로 들어간 것이 없습니다. / This file was imported before; nothing was added.",
  }[summary.run];
  const { rows, stored, known, bad } = summary;
  context.one({ ...summary, seconds, faults: Object.fromEntries(faults.map(({ reason, count }) => [reason, count])) }, [
    said,
    `줄 / rows: ${rows}`,
    `새로 받음 / added: ${stored}`,
    `이미 있음 / known: ${known}`,
    `받지 못함 / not taken: ${bad}`,
    ...faults.map(({ reason, count, first }) => `  ${reason}: ${count} (첫 줄 / first row ${first})`),
    `초 / seconds: ${seconds}`,
  ]);
}

async function exportFile(context: CommandContext, options: ExportOptions): Promise<void> {
  await context.open();
  const { closeDatabase } = await import("@/lib/db/client");
  context.atEnd(closeDatabase);
  const { exportToFile } = await import("@/lib/transcripts/commands/export-to-file");
  const { operatorExportSchema } = await import("@/lib/transcripts/schema/exports");
  const { findChannel } = await import("./channel-by-search-id");
  const { actor, channelId } = await findChannel(options.channel, options.organization);
  const order = operatorExportSchema.safeParse({ ...options, unmasked: options.unmasked ?? false });
  if (!order.success) {
    const names = [...new Set(order.error.issues.map(({ path }) => `--${String(path[0])}`))].join(", ");
    throw setupError(`${names} 값이 맞지 않습니다.`, `${names} is not as it should be.`);
  }
  const { format, unmasked, purpose, reason, session, from, to, category } = order.data;
  const out = context.file(options.out);
  const filter = { channel: channelId, session, from, to, category };
  let bar: ReturnType<CommandContext["progress"]> | null = null;
  const made = await exportToFile(
    actor,
    { filter, format, unmasked, purpose, reason, out },
    new Date(),
    (by, total) => {
      bar ??= context.progress("내보내기 / export", total);
      bar.advance(by);
    },
  ).finally(() => bar?.end());
  context.one({ file: out, sessions: made.sessions, password: made.password });
}
