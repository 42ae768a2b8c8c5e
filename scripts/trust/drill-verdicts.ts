// What the drill's end must show: each invariant with the number of times it is broken (trust.md 6).
import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { code, type Ledger } from "./drill-writers";

/** What a killed process left in its spool is counted once its file has been still for 5 s (lib/placements/press-batch.ts). */
export async function pressesSettled(owner: pg.Client, before: Counts, expected: number): Promise<void> {
  for (let seconds = 0; seconds < 30; seconds += 1) {
    if ((await counts(owner)).presses - before.presses >= expected) return;
    await sleep(1_000);
  }
}

export type Counts = { presses: number; rollup: number };

export async function counts(owner: pg.Client): Promise<Counts> {
  const { rows } = await owner.query<Counts>(
    `SELECT (SELECT count(*) FROM check_presses WHERE code = $1)::int AS presses,
      (SELECT coalesce(sum(d.presses), 0) FROM press_days d JOIN placements p ON p.id = d.placement_id WHERE p.code = $1)::int AS rollup`,
    [code],
  );
  return rows[0] ?? { presses: 0, rollup: 0 };
}

/** Presses by which the roll-ups of all companies by day and by hour differ from the presses themselves. */
export async function companyWrong(owner: pg.Client): Promise<number> {
  const { rows } = await owner.query<{ wrong: number }>(
    `SELECT (abs(p.n - (SELECT sum(presses + scans + others) FROM press_company_days))
      + abs(p.n - (SELECT sum(presses + scans + others) FROM press_hours)))::int AS wrong FROM (SELECT count(*) AS n FROM presses) p`,
  );
  return rows[0]?.wrong ?? -1;
}

/** Numbers that are missing between two links of an organization's chain, or stand twice. */
export async function gapsInChains(owner: pg.Client): Promise<number> {
  const { rows } = await owner.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM (SELECT seq - lag(seq, 1, 0::bigint) OVER (PARTITION BY organization_id ORDER BY seq) AS step
       FROM audit_links) s WHERE step <> 1`,
  );
  return rows[0]?.n ?? -1;
}

/** How many of each invariant are broken. */
export async function judge(
  owner: pg.Client,
  before: Counts,
  ledger: Ledger,
  environment: NodeJS.ProcessEnv,
): Promise<[string, number][]> {
  const sessions = await owner.query<{ session: string; times: number }>(
    "SELECT session, count(*)::int AS times FROM check_sessions WHERE session LIKE 'drill-%' GROUP BY session",
  );
  const stored = new Map(sessions.rows.map(({ session, times }) => [session.slice("drill-".length), times]));
  const after = await counts(owner);
  const counted = after.presses - before.presses;
  const files = await owner.query<{ path: string; sha256: string; bytes: string }>(
    "SELECT path, sha256, bytes FROM check_files",
  );
  const known = new Set(files.rows.map(({ sha256 }) => sha256));
  const store = (environment.DAMSO_FILES ?? "").replace("file:", "");
  const unsound = files.rows.filter(
    ({ path: place, sha256, bytes }) => !sameFile(path.join(store, place), sha256, Number(bytes)),
  );
  const unaudited = await owner.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM evidence_files f WHERE NOT EXISTS (
      SELECT 1 FROM audit_events e WHERE e.action IN ('evidence.attached', 'contract.document-uploaded') AND (e.target_id = f.id OR e.body LIKE '%' || f.id || '%'))`,
  );
  const buttons = await owner.query<{ name: string; times: number; entries: number }>(
    `SELECT name, count(*)::int AS times, (SELECT count(*) FROM audit_events e WHERE e.action = 'placement.created'
       AND e.target_id = min(p.id::text))::int AS entries FROM placements p WHERE name LIKE 'drill %' GROUP BY name`,
  );
  const placed = new Map(buttons.rows.map(({ name, times }) => [name, times]));
  const phantom = await owner.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM audit_events e WHERE e.action = 'placement.created'
       AND NOT EXISTS (SELECT 1 FROM placements p WHERE p.id::text = e.target_id)`,
  );
  return [
    ["I1 forms answered with success and lost", [...ledger.ok.buttons].filter((name) => !placed.has(name)).length],
    ["I2 forms done twice", [...placed.values()].filter((times) => times !== 1).length],
    ["I3 changes without their one entry", buttons.rows.filter(({ entries }) => entries !== 1).length],
    ["I3 entries without their change", phantom.rows[0]?.n ?? -1],
    ["I10 gaps in the chain", await gapsInChains(owner)],
    ["I1 events answered with success and lost", [...ledger.ok.events.keys()].filter((id) => !stored.has(id)).length],
    ["I2 events stored twice", [...stored.values()].filter((times) => times !== 1).length],
    ["I8 presses answered and not counted", Math.max(0, ledger.ok.presses - counted)],
    ["I8 presses counted that nobody made", Math.max(0, counted - ledger.ok.presses - ledger.unknown.presses)],
    ["I8 roll-up against recount", Math.abs(after.rollup - before.rollup - counted)],
    ["I8 roll-ups of the company against recount", await companyWrong(owner)],
    [
      "I1 files answered with success and lost",
      [...ledger.ok.files.keys()].filter((sha256) => !known.has(sha256)).length,
    ],
    ["I5 file rows without their file", unsound.length],
    ["I3 files without their audit entry", unaudited.rows[0]?.n ?? -1],
  ];
}

function sameFile(place: string, sha256: string, bytes: number): boolean {
  if (statSync(place, { throwIfNoEntry: false })?.size !== bytes) return false;
  return createHash("sha256").update(readFileSync(place)).digest("hex") === sha256;
}
