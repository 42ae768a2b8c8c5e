// dealer: the stand-in for rehearsals, on this machine alone.
import { type Command, InvalidArgumentError, Option } from "commander";
import type { CommandContext } from "./context";

type Options = {
  port: number;
  format: "infobank" | "happytalk";
  senderKey: string;
  id: string;
  key: string;
  hook: string;
  rehearsals: boolean;
};

function portOf(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new InvalidArgumentError("0–65535");
  return port;
}

function hookOf(text: string): string {
  if (!URL.canParse(text)) throw new InvalidArgumentError("https://…/hooks/…");
  return text.replace(/\/$/, "");
}

export function registerStandInCommand(program: Command, context: CommandContext): void {
  program
    .command("dealer")
    .description("연습용 딜러를 띄웁니다 / serve a stand-in for an official dealer")
    .addOption(new Option("--format <format>", "말투 / dialect").choices(["infobank", "happytalk"]).default("infobank"))
    .option("--port <port>", "포트, 0이면 아무 곳 / port, 0 for any", portOf, 4390)
    .option("--sender-key <key>", "발신프로필 키 / sender profile key", "0123456789abcdef0123456789abcdef01234567")
    .option("--id <id>", "클라이언트 아이디 (해피톡) / client id (HappyTalk)", "rehearsal")
    .option("--key <key>", "API 키 / API key", "rehearsal")
    .option("--hook <address>", "웹훅을 받을 주소 / address of our hook", hookOf, "")
    .option("--rehearsals", "리허설의 딜러를 모두 띄웁니다 / serve the stand-ins of rehearsals", false)
    .action(async ({ port, format, senderKey, id, key, hook, rehearsals }: Options) => {
      if (rehearsals) return serveAll(context, port, hook);
      const { serveStandIn } = await import("@/server/dealer");
      const { server, address } = await serveStandIn(
        {
          ...{ format, senderKey, credentials: { id, key }, hookBase: hook },
          ...{ name: "리허설", searchId: "@rehearsal", committalCompany: "리허설" },
        },
        port,
      );
      context.one({ address, format, senderKey, hook }, [
        `${address} (${format})`,
        "끝내려면 Ctrl-C를 누르십시오. / Ctrl-C to end.",
      ]);
      await new Promise((resolve) => server.once("close", resolve));
    });
}

/** One place for the rehearsals of several instances (DAMSO_REHEARSAL_DEALER). @param hook their own server, without /hooks */
async function serveAll(context: CommandContext, port: number, hook: string): Promise<void> {
  if (hook === "") throw new InvalidArgumentError("--hook http://…");
  const { serveRehearsals } = await import("@/server/rehearsal-dealers");
  const { server, address } = await serveRehearsals(() => hook, port);
  context.one({ address, hook }, [
    `DAMSO_REHEARSAL_DEALER=${address}`,
    "끝내려면 Ctrl-C를 누르십시오. / Ctrl-C to end.",
  ]);
  await new Promise((resolve) => server.once("close", resolve));
}
