// What runs by itself. Why no queue library: docs/decisions/jobs.md.
import { setMaxListeners } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { dropShelves, reckonAll, sweepAllRings, writeJournals } from "@/lib/archive/chores";
import { removeFiles } from "@/lib/archive/destroy";
import { noteReturned } from "@/lib/archive/returned";
import { dropAccessRecords } from "@/lib/audit/access/jobs";
import { verifyNightly } from "@/lib/audit/jobs";
import type { JobActor } from "@/lib/auth/actor";
import { LeaseLost } from "@/lib/auth/lease";
import { sweepBlockImports } from "@/lib/channels/commands/import-blocks";
import { checkChannels, sweepUploads } from "@/lib/channels/jobs";
import { organizationsDue } from "@/lib/db/crossings";
import { assertClock } from "@/lib/db/readiness";
import { remindContracts } from "@/lib/dealers/jobs";
import { faultLog } from "@/lib/fault-log";
import { verifyFilesNightly } from "@/lib/file-check";
import { claimRun, finishRun, renewRun } from "@/lib/jobs/ledger";
import { duePeriod, type Schedule } from "@/lib/jobs/period";
import { errorFields, log } from "@/lib/log";
import { sendWaitingMail, sweepTries } from "@/lib/people/jobs";
import { drawPrints } from "@/lib/placements/commands/draw-print";
import { sweepPlaceImports } from "@/lib/placements/commands/import-places";
import { recountPresses } from "@/lib/placements/commands/recount-presses";
import { checkPresence, planAllPresence } from "@/lib/placements/jobs";
import { remindTakeDowns, runTakeDowns } from "@/lib/placements/take-down-jobs";
import { endAbandoned } from "@/lib/rehearsal/jobs";
import { destroyRoutinely, runDestructions } from "@/lib/retention/jobs";
import { keepFiles } from "@/lib/transcripts/commands/keep-files";
import { makeExports } from "@/lib/transcripts/export-jobs";

/** Runs once per organization and period; its writes are refused once its lease is lost. Answers one line for the ledger. */
export type Job = Schedule & { name: string; run: (actor: JobActor, now: Date) => Promise<string> };

/** Runs every so often in each instance; safe to run twice at once, so it has no ledger. */
export type Chore = { name: string; everySeconds: number; run: (now: Date) => Promise<unknown> };

export const jobs: readonly Job[] = [
  { name: "audit-verify", every: "day", afterMinutes: 5, run: verifyNightly },
  { name: "access-records", every: "day", afterMinutes: 40, run: dropAccessRecords },
  { name: "presses-recount", every: "day", afterMinutes: 20, run: recountPresses },
  { name: "rehearsals", every: "day", afterMinutes: 50, run: endAbandoned },
  { name: "files-verify", every: "day", afterMinutes: 60, run: verifyFilesNightly },
  { name: "destruction-routine", every: "day", afterMinutes: 30, run: destroyRoutinely },
  { name: "channel-checks", every: "day", afterMinutes: 8 * 60, run: (actor, now) => checkChannels(actor, now) },
  { name: "contract-reminders", every: "day", afterMinutes: 8 * 60, run: remindContracts },
  { name: "take-down-reminders", every: "day", afterMinutes: 8 * 60, run: remindTakeDowns },
];

export const chores: readonly Chore[] = [
  { name: "destructions", everySeconds: 5, run: runDestructions },
  { name: "exports", everySeconds: 3, run: makeExports },
  { name: "prints", everySeconds: 3, run: drawPrints },
  { name: "attachments", everySeconds: 5, run: keepFiles },
  { name: "presence", everySeconds: 3, run: (now) => checkPresence(now) },
  { name: "presence-plan", everySeconds: 60, run: planAllPresence },
  { name: "reckoning", everySeconds: 60, run: reckonAll },
  { name: "journal", everySeconds: 15, run: writeJournals },
  { name: "returned", everySeconds: 3_600, run: noteReturned },
  { name: "file-removals", everySeconds: 15, run: removeFiles },
  { name: "rings", everySeconds: 600, run: sweepAllRings },
  { name: "shelves", everySeconds: 3_600, run: dropShelves },
  { name: "take-downs", everySeconds: 20, run: runTakeDowns },
  { name: "mail", everySeconds: 3, run: sendWaitingMail },
  { name: "sweep-uploads", everySeconds: 1_200, run: sweepUploads },
  { name: "sweep-tries", everySeconds: 3_600, run: sweepTries },
  { name: "sweep-block-lists", everySeconds: 1_200, run: sweepBlockImports },
  { name: "sweep-place-lists", everySeconds: 1_200, run: sweepPlaceImports },
];

const tickMs = 15_000;
const renewMs = 25_000;
/** How long a stop waits for the run under way; a cut run is taken up again when its lease has run out. */
const graceMs = 5_000;

export type Outcome = {
  job: string;
  organizationId: string | null;
  period: string;
  result: "ok" | "failed" | "lost" | "not due";
};

/**
 * Starts scheduler and chores in this instance. Waits out a database that is away or of another time; never throws.
 * @returns stops them
 */
export function startJobs(
  registry: { jobs: readonly Job[]; chores: readonly Chore[] } = { jobs, chores },
): () => Promise<void> {
  const stopping = new AbortController();
  // Each loop listens to it while it waits; there are more than the ten that Node takes for a leak.
  setMaxListeners(0, stopping.signal);
  const loops = [
    loop("jobs.failed", tickMs, () => runAllDue(registry.jobs, stopping.signal), stopping.signal),
    ...registry.chores.map(({ name, everySeconds, run }) =>
      loop(`${name}.failed`, everySeconds * 1_000, () => run(new Date()), stopping.signal),
    ),
  ];
  return async () => {
    stopping.abort();
    await Promise.race([Promise.all(loops), wait(graceMs, undefined, { ref: false })]);
  };
}

/** Runs whatever is due in any organization, one after another. */
export async function runAllDue(registry: readonly Job[], signal: AbortSignal): Promise<void> {
  for (const job of registry) {
    const period = duePeriod(job, new Date());
    for (const organizationId of await organizationsDue(job.name, period)) {
      if (signal.aborted) return;
      await runPeriod(job, organizationId, period);
    }
  }
}

/** Runs one job of one organization for a period, unless that is done or somebody is at it. */
export async function runPeriod(job: Job, organizationId: string, period: string, retryNow = false): Promise<Outcome> {
  const clerk: JobActor = { kind: "job", name: job.name, organizationId };
  const outcome = (result: Outcome["result"]): Outcome => ({ job: job.name, organizationId, period, result });
  const run = await claimRun(clerk, period, retryNow);
  if (!run) return outcome("not due");
  const fault = faultLog("jobs.lease");
  const renewal = setInterval(() => {
    renewRun(clerk, run).catch((error: unknown) => fault.struck(error, performance.now()));
  }, renewMs);
  renewal.unref();
  try {
    const detail = await job.run({ ...clerk, run }, new Date());
    return outcome((await finishRun(clerk, run, "ok", detail)) ? "ok" : "lost");
  } catch (error) {
    const lost = error instanceof LeaseLost;
    log("error", lost ? "job.lost" : "job.failed", {
      job: job.name,
      organization: organizationId,
      period,
      ...errorFields(error),
    });
    if (lost) return outcome("lost");
    const { error: name, message } = errorFields(error);
    return outcome((await finishRun(clerk, run, "failed", `${name}: ${message}`)) ? "failed" : "lost");
  } finally {
    clearInterval(renewal);
  }
}

/** Works at once and then every so often until stopped. While it fails it tries again within seconds. */
async function loop(event: string, everyMs: number, work: () => Promise<unknown>, signal: AbortSignal): Promise<void> {
  const fault = faultLog(event);
  let pauseMs = 0;
  while (!signal.aborted) {
    await wait(pauseMs, undefined, { signal, ref: false }).catch(() => undefined);
    if (signal.aborted) return;
    try {
      await assertClock();
      await work();
      fault.over(performance.now());
      pauseMs = everyMs;
    } catch (error) {
      fault.struck(error, performance.now());
      pauseMs = Math.min(everyMs, 2_000);
    }
  }
}
