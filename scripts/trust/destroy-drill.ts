// Faults against destruction (trust.md F-01, F-09, F-18), on a PostgreSQL of its own, safe as deployed, which it may restart.
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import path from "node:path";
import { startPostgres, stopPostgres } from "../postgres.mjs";
import { root } from "../settings.mjs";
import { destroyPostgres } from "./destroy-postgres";
import { setStage } from "./drill-stage";

type Values = {
  sessions?: string | undefined;
  rounds?: string | undefined;
  seed?: string | undefined;
  long?: boolean | undefined;
};

/** @param values `rounds` of F-01 with so many `sessions`; `long`: 20 of 10,000, and 60 s frozen @returns the exit code */
export async function destroyDrill(folder: string, values: Values): Promise<number> {
  const seed = Number(values.seed) || randomBytes(4).readUInt32BE(0);
  const started = await startPostgres(destroyPostgres);
  try {
    const stage = await setStage(started.url, folder, "destroy");
    try {
      const rounds = Math.min(50, Math.max(1, Number(values.rounds) || (values.long ? 20 : 5)));
      const plan = {
        seed,
        rounds,
        long: values.long ?? false,
        folder,
        sessions: Number(values.sessions) || (values.long ? 10_000 : 2_000),
      };
      // A process of its own: what it calls of the product reads its settings once.
      const child = spawn(
        process.execPath,
        ["--import", "tsx", "scripts/trust/destroy-rounds.ts", JSON.stringify(plan)],
        {
          ...{ cwd: root, stdio: "inherit", env: { ...stage.environment, DAMSO_E2E_URL: stage.origin } },
        },
      );
      const code = await new Promise<number>((resolve) => child.once("exit", (ended) => resolve(ended ?? 1)));
      const verified = await stage.damso("audit", "verify");
      console.log(`${verified.code === 0 ? "✓" : "✗"} audit verify: ${verified.code} (${path.basename(verified.log)})`);
      return code || verified.code;
    } finally {
      await stage.end();
    }
  } finally {
    await stopPostgres(destroyPostgres.name);
  }
}
