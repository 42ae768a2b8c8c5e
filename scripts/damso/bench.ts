// bench: what is fast enough, measured against its own limit on this machine.
import type { Command } from "commander";
import type { Figures, Outcome, Settings, Sizes } from "@/bench/harness";
import { setupError } from "../setup-error.mjs";
import type { CommandContext } from "./context";

/** A benchmark by name; each may hold several comparisons, and sizes that are the same each time. */
type Bench = (
  adminUrl: string,
  settings: Settings,
) => Promise<({ name: string; outcome: Outcome } | Sizes | Figures)[]>;

const benches: Record<string, () => Promise<Bench>> = {
  audit: async () => (await import("@/bench/audit/run")).benchAudit,
  destroy: async () => (await import("@/bench/destroy/run")).benchDestroy,
  ingest: async () => (await import("@/bench/ingest/run")).benchIngest,
  page: async () => (await import("@/bench/page/run")).benchPage,
  qr: async () => (await import("@/bench/qr/run")).benchQr,
  redirect: async () => (await import("@/bench/redirect/run")).benchRedirect,
  statistics: async () => (await import("@/bench/statistics/run")).benchStatistics,
  templates: async () => (await import("@/bench/templates/run")).benchTemplates,
};

type Options = { rounds: string; seconds: string; connections: string; size: string; rows: string; quick?: boolean };

export function registerBenchCommands(program: Command, context: CommandContext): void {
  program
    .command("bench")
    .argument("[name]", `${Object.keys(benches).join(" | ")} (없으면 모두 / all when absent)`)
    .description("성능을 한계와 견주어 잽니다 / measure against the limit")
    .option("--rounds <n>", "견주는 횟수 / rounds", "7")
    .option("--seconds <n>", "한 번의 길이 / seconds per lap", "3")
    .option("--connections <n>", "동시 연결 / connections", "64")
    .option("--size <rows>", "행 수, 예 5M (destroy, statistics) / rows, such as 5M (destroy, statistics)", "1M")
    .option("--rows <n>", "한 번에 넣는 행 수 (ingest) / rows per lap (ingest)", "20000")
    .option("--quick", "되는지만 봅니다 (약 1초) / only see that it works, for about a second")
    .action(async (name: string | undefined, options: Options) => {
      const wanted = name === undefined ? Object.keys(benches) : [name];
      if (wanted.some((one) => !(one in benches))) {
        throw setupError(
          `벤치마크 ${name}은(는) 없습니다.`,
          `There is no benchmark ${name}: ${Object.keys(benches).join(", ")}.`,
        );
      }
      const { DATABASE_URL } = await context.open();
      const say = (line: string) => process.stderr.write(`${line}\n`);
      const settings: Settings = options.quick
        ? { rounds: 1, seconds: 0.3, connections: 4, quick: true, say }
        : {
            rounds: positive(options.rounds),
            seconds: positive(options.seconds),
            connections: positive(options.connections),
            size: positive(options.size.replace(/M$/i, "000000")),
            rows: positive(options.rows),
            say,
          };
      for (const one of wanted) {
        const run = await benches[one]?.();
        for (const result of (await run?.(DATABASE_URL, settings)) ?? []) {
          if ("outcome" in result) show(context, result.name, result.outcome);
          else if ("figures" in result) showFigures(context, result);
          else showSizes(context, result);
        }
      }
    });
}

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw setupError(`양수가 아닙니다: ${text}`, `Not a positive number: ${text}`);
  return value;
}

function show(context: CommandContext, name: string, { noisy, loadAverage, standings }: Outcome): void {
  const faults = standings.filter((one) => one.fault !== null || one.wrong > 0);
  if (faults.length > 0) context.exitCode = 1;
  const verdict = faults.length > 0 ? "wrong" : noisy ? "noisy" : "ok";
  if (context.json) {
    context.write(JSON.stringify({ name, verdict, loadAverage, standings }));
    return;
  }
  context.write(`${name}: ${verdict}${noisy ? ` (load average ${loadAverage.toFixed(1)})` : ""}`);
  context.list(
    standings.map((one) => ({
      way: one.name,
      "ratio min": one.ratio.min.toFixed(3),
      median: one.ratio.median.toFixed(3),
      max: one.ratio.max.toFixed(3),
      "per second": Math.round(one.perSecond),
      "CPU µs": one.cpu.toFixed(1),
      "first ms": one.first.toFixed(3),
      "first ratio": one.firstRatio.median.toFixed(2),
      "p50 ms": one.p50.toFixed(3),
      "p99 ms": one.p99.toFixed(3),
      fault: one.fault ?? (one.wrong > 0 ? `${one.wrong} wrong answers` : "–"),
    })),
  );
}

function showSizes(context: CommandContext, { name, sizes }: Sizes): void {
  const over = sizes.filter((one) => one.bytes > one.most);
  if (over.length > 0) context.exitCode = 1;
  const verdict = over.length > 0 ? "over" : "ok";
  if (context.json) {
    context.write(JSON.stringify({ name, verdict, sizes }));
    return;
  }
  context.write(`${name}: ${verdict}`);
  context.list(
    sizes.map((one) => ({ what: one.what, kB: (one.bytes / 1_024).toFixed(1), most: (one.most / 1_024).toFixed(1) })),
  );
}

function showFigures(context: CommandContext, { name, noisy, loadAverage, faults, figures }: Figures): void {
  if (faults.length > 0) context.exitCode = 1;
  const verdict = faults.length > 0 ? "wrong" : noisy ? "noisy" : "ok";
  if (context.json) {
    context.write(JSON.stringify({ name, verdict, loadAverage, faults, figures }));
    return;
  }
  context.write(`${name}: ${verdict}${noisy ? ` (load average ${loadAverage.toFixed(1)})` : ""}`);
  for (const fault of faults) context.write(fault);
  context.list(
    figures.map(({ what, value, least, most, said }) => ({
      what,
      value: value.toPrecision(3),
      goal: least !== undefined ? `≥ ${least}` : most !== undefined ? `≤ ${most}` : "–",
      met:
        least === undefined && most === undefined
          ? "–"
          : value >= (least ?? 0) && value <= (most ?? value)
            ? "yes"
            : "no",
      measured: said,
    })),
  );
}
