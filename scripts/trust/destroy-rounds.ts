// The rounds of the drill of destruction: run by destroy-drill.ts, in a process whose settings are the stage's.
import { writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { closeDatabase } from "@/lib/db/client";
import { clockRounds } from "./destroy-clock";
import { frozen, heldWhileRestarting, killed, type Round } from "./destroy-faults";
import { type Ground, prepareGround } from "./destroy-ground";
import { endInstances, standing } from "./destroy-instance";
import { once } from "./destroy-once";
import { planted } from "./destroy-planted";
import { restartPostgres } from "./destroy-postgres";
import { randomFrom, say } from "./drill-stage";

const plan = z
  .object({ seed: z.number(), rounds: z.number(), long: z.boolean(), folder: z.string(), sessions: z.number() })
  .parse(JSON.parse(process.argv[2] ?? "{}"));
const { sessions } = plan;
const random = randomFrom(plan.seed);
const others = plan.long ? 10 : 3;
const frozenSeconds = plan.long ? 60 : 20;
const seen: Round[] = [];

async function note(befallen: Promise<Round>): Promise<void> {
  const round = await befallen;
  seen.push(round);
  const broken = round.verdicts.filter(([, wrong]) => wrong !== 0);
  console.log(`${broken.length === 0 ? "·" : "✗"} ${round.name}: ${JSON.stringify(round.figures)}`);
  for (const [what, wrong] of broken) console.log(`  ✗ ${what}: ${wrong}`);
}

try {
  console.log(`· seed ${plan.seed}, ${sessions} consultations a run`);
  for (let round = 1; round <= plan.rounds; round += 1) await note(killed(sessions, random, round % 3 === 0));
  for (let round = 1; round <= others; round += 1) {
    // A lock that is kept lasts no longer than the database's limit of 60 s for an idle transaction.
    const cut = round % 2 === 1;
    await note(frozen(sessions, random, cut ? frozenSeconds : 20, cut));
  }
  await note(planted());
  await note(once(300));
  for (const round of await clockRounds()) await note(Promise.resolve(round));
  // Last: the suite's own connection does not outlive a restart.
  const grounds: Ground[] = [];
  await standing(1);
  for (let round = 1; round <= others; round += 1) grounds.push(await prepareGround(sessions));
  for (const [at, ground] of grounds.entries())
    await note(heldWhileRestarting(ground, random, () => restartPostgres(at % 2 === 0 ? "immediate" : "fast", 1_000)));
} finally {
  await endInstances();
  await closeDatabase();
}
const sums = new Map<string, number>();
for (const { name, verdicts } of seen)
  for (const [what, wrong] of verdicts) sums.set(`${name}: ${what}`, (sums.get(`${name}: ${what}`) ?? 0) + wrong);
writeFileSync(path.join(plan.folder, "destroy.json"), JSON.stringify({ ...plan, seen }, null, 2));
process.exit(say([...sums]));
