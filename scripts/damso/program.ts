// The operator's command: one file per word registers its commands here.
import { Command, CommanderError } from "commander";
import { Conflict, Forbidden, NotFound, Refused } from "@/lib/errors";
import { sentence } from "@/lib/messages";
import { explain } from "../setup-error.mjs";
import { registerAuditCommands } from "./audit";
import { registerBenchCommands } from "./bench";
import { registerChannelCommands } from "./channels";
import { CommandContext } from "./context";
import { registerStandInCommand } from "./dealer";
import { registerDealerCommands } from "./dealers";
import { registerDoctorCommands } from "./doctor";
import { registerFileCommands } from "./files";
import { registerGroundCommands } from "./ground";
import { registerJobCommands } from "./jobs";
import { registerPeopleCommands } from "./people";
import { registerPlacementCommands } from "./placements";
import { registerPrivacyCommands } from "./privacy";
import { registerRetentionCommands } from "./retention";
import { registerTemplateCommands } from "./templates";
import { registerTranscriptCommands } from "./transcripts";

/** Registers the commands of one word. */
export type Register = (program: Command, context: CommandContext) => void;

const words: Register[] = [
  registerGroundCommands,
  registerDoctorCommands,
  registerChannelCommands,
  registerPlacementCommands,
  registerDealerCommands,
  registerStandInCommand,
  registerTemplateCommands,
  registerTranscriptCommands,
  registerRetentionCommands,
  registerPrivacyCommands,
  registerAuditCommands,
  registerFileCommands,
  registerJobCommands,
  registerBenchCommands,
  registerPeopleCommands,
];

/**
 * Runs one command. @param args what stands behind `npm run damso --`
 * @param from the folder that file arguments are relative to
 * @returns the exit code: 0 done, 1 failed with one sentence on stderr, 2 not understood
 */
export async function runProgram(args: string[], from: string): Promise<number> {
  const context = new CommandContext(args.includes("--json"), from);
  const interrupted = () => void context.close().then(() => process.exit(130));
  process.once("SIGINT", interrupted).once("SIGTERM", interrupted);
  try {
    await buildProgram(context).parseAsync(args, { from: "user" });
    return context.exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    process.stderr.write(`${inOneSentence(error)}\n`);
    return 1;
  } finally {
    await context.close();
  }
}

function buildProgram(context: CommandContext): Command {
  const program = new Command("damso");
  program
    .description("Damso 운영 명령 / the operator's command")
    .usage("[--json] <command> [options]")
    .option("--json", "결과를 JSON으로 출력합니다 / machine-readable output")
    .helpOption("-h, --help", "도움말 / help")
    .helpCommand(false)
    .showHelpAfterError("--help로 사용법을 볼 수 있습니다. / Add --help for usage.");
  for (const register of words) register(program, context);
  for (const command of everyCommand(program)) {
    command.exitOverride();
    command.helpOption("-h, --help", "도움말 / help");
    if (command === program) continue;
    // --json may stand behind the command as well as before it
    if (command.commands.length === 0) command.option("--json", "결과를 JSON으로 출력합니다 / machine-readable output");
    command.showHelpAfterError("--help로 사용법을 볼 수 있습니다. / Add --help for usage.");
  }
  return program;
}

function everyCommand(command: Command): Command[] {
  return [command, ...command.commands.flatMap(everyCommand)];
}

function inOneSentence(error: unknown): string {
  if (error instanceof Refused || error instanceof Conflict) return sentence(error.key, "ko", error.values);
  if (error instanceof NotFound) return "찾을 수 없습니다. / Not found.";
  if (error instanceof Forbidden) return "권한이 없습니다. / Not allowed.";
  return explain(error);
}
