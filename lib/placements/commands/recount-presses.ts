// The nightly recount: roll-ups are held against the presses themselves, and put right where they differ (performance.md F).
import type { JobActor } from "@/lib/auth/actor";
import { change, ingest, read } from "@/lib/auth/door";
import { addDays, addMonths, type Day } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import { log } from "@/lib/log";

/** Presses looked at, and rows of each roll-up that said something else. */
export type Recount = { presses: number; placementDays: number; companyDays: number; hours: number };

/**
 * Recounts every press of the organization, a month at a time, so that no statement is long. Running batches are neither stopped nor undone: what
 * differs is added or taken away, in one snapshot with what it was compared to. Records `press.recounted` for a month that was put right.
 * @returns one line for the ledger @throws Forbidden
 */
export async function recountPresses(actor: JobActor): Promise<string> {
  const from = performance.now();
  const span = await read(actor, "press:record", spanOf);
  const total: Recount = { presses: 0, placementDays: 0, companyDays: 0, hours: 0 };
  for (const [first, last] of span ? monthsBetween(...span) : []) {
    // A look first: the usual night changes nothing and so records nothing. The door's `read` refuses a function that could write.
    const seen = await ingest(actor, "press:record", (tx) => recount(tx, first, last, false));
    const found = differing(seen) > 0 ? await repairPresses(actor, first, last) : seen;
    for (const what of ["presses", "placementDays", "companyDays", "hours"] as const) total[what] += found[what];
  }
  const said = differing(total) === 0 ? "sound" : `${differing(total)} repaired`;
  return `${said}; ${total.presses} presses, ${Math.round(performance.now() - from)} ms`;
}

function repairPresses(actor: JobActor, first: Day, last: Day): Promise<Recount> {
  return change(actor, "press:record", async (tx, record) => {
    const found = await recount(tx, first, last, true);
    const { placementDays, companyDays, hours } = found;
    log("error", "presses.recounted", { organization: actor.organizationId, first, last, ...found });
    await record({
      action: "press.recounted",
      target: { kind: "organization", id: actor.organizationId },
      body: { from: first, to: last, placementDays, companyDays, hours },
    });
    return found;
  });
}

const differing = ({ placementDays, companyDays, hours }: Recount) => placementDays + companyDays + hours;

async function spanOf(tx: Tx): Promise<[Day, Day] | null> {
  const [row] = await tx.$queryRaw<{ first: Day | null; last: Day | null }[]>`
    SELECT first_day::text AS first, last_day::text AS last FROM damso_press_span()`;
  return row?.first && row.last ? [row.first, row.last] : null;
}

async function recount(tx: Tx, first: Day, last: Day, repair: boolean): Promise<Recount> {
  const [row] = await tx.$queryRaw<Recount[]>`
    SELECT presses::int AS presses, placement_days::int AS "placementDays", company_days::int AS "companyDays", hours::int AS hours
    FROM damso_recount_presses(${first}::date, ${last}::date, ${repair})`;
  if (!row) throw new Error("damso_recount_presses answered nothing");
  return row;
}

/** First and last day of each month, the span's own ends kept. */
function monthsBetween(first: Day, last: Day): [Day, Day][] {
  const months: [Day, Day][] = [];
  for (let at = first; at <= last; ) {
    const next = addMonths(`${at.slice(0, 7)}-01`, 1);
    const end = addDays(next, -1);
    months.push([at, end < last ? end : last]);
    at = next;
  }
  return months;
}
