// Everything of a channel into one file, by a process that may hold little: its memory must not grow with what it writes (trust.md F-23).
import { rmSync, statSync } from "node:fs";
import path from "node:path";
import { lastLine, type Stage } from "./drill-stage";
import { type Target, withOwner } from "./import-stage";
import { measuredRun } from "./measured-run";

/** As a small machine is deployed. */
const heapMib = 256;
/** What streams and one page of consultations may take more than a file of two rows. */
const growthMib = 150;

/** Below the most consultations of one export (lib/transcripts/rules/exports.ts), at a row a minute from the year's first. */
const last = "2026-02-02";
const wantedRows = 1_000_000;

/** Copies each message until the span holds a million: what is sealed does not say which row it is in. @returns rows of the span */
function multiply(url: string, { channelId }: Target): Promise<number> {
  return withOwner(url, async (owner) => {
    const span = `FROM messages m JOIN consult_sessions s ON s.id = m.session_id AND s.shelf = m.shelf
      WHERE s.channel_id = $1 AND s.opened_at < ('${last}'::date + 1)::timestamp AT TIME ZONE 'Asia/Seoul'`;
    const count = async () =>
      (await owner.query<{ n: number }>(`SELECT count(*)::int AS n ${span}`, [channelId])).rows[0]?.n ?? 0;
    const copies = Math.ceil(wantedRows / Math.max(1, await count())) - 1;
    await owner.query(
      `INSERT INTO messages (shelf, organization_id, session_id, direction, kind, at, sealed)
       SELECT c.* FROM (SELECT m.shelf, m.organization_id, m.session_id, m.direction, m.kind, m.at, m.sealed ${span}) c, generate_series(1, ${copies})`,
      [channelId],
    );
    return count();
  });
}

/** @param targets a channel with next to nothing, and one with everything */
export async function exportAll(stage: Stage, folder: string, targets: readonly Target[]): Promise<[string, number][]> {
  const peaks: number[] = [];
  let failed = 0;
  const [, large] = targets;
  const held = large ? await multiply(stage.environment.DATABASE_URL ?? "", large) : 0;
  for (const { searchId } of targets) {
    const out = path.join(folder, `export-${searchId}.zip`);
    rmSync(out, { force: true });
    const { code, peakMib, seconds, log } = await measuredRun(
      [
        ...[
          `--max-old-space-size=${heapMib}`,
          "scripts/damso.mjs",
          "transcripts",
          "export",
          "--channel",
          `@${searchId}`,
        ],
        ...[
          "--purpose",
          "상담 품질 점검",
          "--from",
          "2026-01-01",
          "--to",
          last,
          "--reason",
          "신뢰 시험: 큰 내보내기",
          "--out",
          out,
          "--json",
        ],
      ],
      stage.environment,
      path.join(folder, `export-${searchId}.log`),
    ).ended;
    if (code !== 0) failed += 1;
    else {
      const { sessions } = lastLine(log) as { sessions: number };
      const bytes = statSync(out).size;
      console.log(
        `· export of @${searchId}: ${sessions} consultations, ${searchId === large?.searchId ? held : 1} messages, ${bytes} bytes, ${seconds.toFixed(1)} s, memory ${peakMib} MiB`,
      );
    }
    rmSync(out, { force: true });
    peaks.push(peakMib);
  }
  return [
    ["F-23 rows that were to be exported and are not there", Math.max(0, wantedRows - held)],
    [`F-23 exports that ended with --max-old-space-size=${heapMib}`, failed],
    [`F-23 MiB of growth over ${growthMib}`, Math.max(0, (peaks[1] ?? 0) - (peaks[0] ?? 0) - growthMib)],
  ];
}
