// Where a drill takes place: a seeded database with folders and a port of its own, and a dealer's hook into it.
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import type pg from "pg";
import { connectAsOwner } from "@/lib/db/owner";
import { freePort } from "../postgres.mjs";
import { must, run } from "../progress.mjs";
import { dropDatabase, rehearsalEnvironment } from "../rehearsal";
import { root } from "../settings.mjs";

export type Stage = {
  environment: NodeJS.ProcessEnv;
  port: number;
  origin: string;
  /** Address of the hook of a canonical connection of @한결생활. */
  hook: string;
  draft: string;
  live: string;
  senderKey: string;
  /** Runs an operator's command; its output is in the log. */
  damso: (...words: string[]) => Promise<{ code: number; log: string }>;
  end: () => Promise<void>;
};

/** @param server owner's connection to a PostgreSQL server @param folder where logs and files go @param part its name in them */
export async function setStage(server: string, folder: string, part: string): Promise<Stage> {
  mkdirSync(folder, { recursive: true });
  const name = `damso_trust_${part}_${process.pid}`;
  const port = await freePort(3300);
  const environment = rehearsalEnvironment(server, name, port, process.env, folder);
  const end = async () => {
    await dropDatabase(server, name);
    rmSync(path.join(folder, name), { recursive: true, force: true });
  };
  try {
    const damso = (...words: string[]) =>
      run(process.execPath, ["scripts/damso.mjs", ...words], {
        ...{ cwd: root, env: environment, log: path.join(folder, `${part}-damso.log`) },
      });
    await must("시연 데이터", process.execPath, ["scripts/damso.mjs", "seed", "--demo"], {
      ...{ cwd: root, env: environment, log: path.join(folder, `${part}-seed.log`) },
    });
    const made = await damso("connection", "create", "--channel", "@한결생활", "--format", "canonical", "--json");
    const { url: hook } = lastLine(made.log) as { url: string };
    const owner = await connectAsOwner(environment.DATABASE_URL ?? "");
    const channels = await channelsOf(owner).finally(() => owner.end());
    return { environment, port, origin: environment.DAMSO_URL ?? "", hook, ...channels, damso, end };
  } catch (error) {
    await end();
    throw error;
  }
}

/** What a command with --json said. */
export function lastLine(log: string): unknown {
  return JSON.parse(readFileSync(log, "utf8").trim().split("\n").at(-1) ?? "{}");
}

/** Prints each verdict with the number of times it is broken. @returns the exit code */
export function say(verdicts: readonly [string, number][]): number {
  for (const [what, wrong] of verdicts) console.log(`${wrong === 0 ? "✓" : "✗"} ${what}: ${wrong}`);
  const failed = verdicts.filter(([, wrong]) => wrong !== 0).length;
  console.log(`${verdicts.length - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

async function channelsOf(owner: pg.Client): Promise<{ draft: string; live: string; senderKey: string }> {
  const { rows } = await owner.query<{ draft: string; live: string; senderKey: string }>(
    `SELECT (SELECT id::text FROM channels WHERE search_id = '한결비투비') AS draft,
      (SELECT id::text FROM channels WHERE search_id = '한결생활') AS live,
      (SELECT sender_key FROM channels WHERE search_id = '한결생활') AS "senderKey"`,
  );
  return rows[0] ?? { draft: "", live: "", senderKey: "" };
}

/** The same moments for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
