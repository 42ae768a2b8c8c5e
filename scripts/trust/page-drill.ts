// Five hundred pages that answer one byte a second are looked at while buttons are pressed: no press may wait for a page (trust.md F-21).
import { randomUUID } from "node:crypto";
import http, { createServer, type Server, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { connectAsOwner } from "@/lib/db/owner";
import { endServer, startServer, untilReady } from "../serve.mjs";
import { type Stage, say, setStage } from "./drill-stage";
import { code } from "./drill-writers";

const targets = 500;
/** Presses of one phase, and how far apart they begin. */
const presses = 2_000;
const apartMs = 5;
/** A page is given up after 5 s (lib/outbound.ts); so much more is granted to this machine. */
const mostPageMs = 6_500;
/** Nothing is due by itself: a quiet phase is quiet. */
const never = "2999-01-01T00:00:00Z";
/** The goal: within a fifth of the quiet figure. Below a millisecond a ratio says nothing. */
const mostRatio = 1.2;
const mostDifferenceMs = 1;

/** @param values `rounds` of quiet and besieged @returns the exit code: 0 when presses go on as if no page were looked at */
export async function pageDrill(server: string, folder: string, values: { rounds?: string | undefined }) {
  const rounds = Math.min(10, Math.max(1, Number(values.rounds) || 3));
  const stage = await setStage(server, folder, "pages");
  const site = await slowSite();
  const owner = await connectAsOwner(stage.environment.DATABASE_URL ?? "");
  const running = startServer({ env: { ...stage.environment } });
  try {
    await untilReady({ host: "127.0.0.1", port: stage.port }, running.ended);
    await placePages(owner, stage, site.addresses);
    await press(stage.origin);
    const ratios: number[] = [];
    const differences: number[] = [];
    let failed = 0;
    for (let round = 0; round < rounds; round += 1) {
      const quiet = await press(stage.origin);
      await askForAll(owner);
      await until(() => site.open() >= 4, "pages are asked for");
      const besieged = await press(stage.origin);
      failed += quiet.failed + besieged.failed + (site.open() === 0 ? 1 : 0);
      await calledOff(owner);
      await until(() => site.open() === 0, "pages are let go");
      ratios.push(besieged.p99 / quiet.p99);
      differences.push(besieged.p99 - quiet.p99);
      console.log(
        `· ${round + 1}/${rounds}: p50 ${quiet.p50.toFixed(2)} → ${besieged.p50.toFixed(2)} ms, p99 ${quiet.p99.toFixed(2)} → ${besieged.p99.toFixed(2)} ms`,
      );
    }
    const { rows } = await owner.query<{ n: number; slow: number; wrong: number }>(
      `SELECT count(*)::int AS n, coalesce(max(duration_ms), 0)::int AS slow, (count(*) FILTER (WHERE verdict <> 'unknown'))::int AS wrong
       FROM presence_checks WHERE page_url LIKE 'http://127.0.0.78:%'`,
    );
    const { n = 0, slow = 0, wrong = 0 } = rows[0] ?? {};
    console.log(`pages given up ${n}, the slowest after ${slow} ms; at most ${site.most()} open at once`);
    const ratio = median(ratios);
    const apart = median(differences);
    console.log(`p99 besieged / quiet: ${ratio.toFixed(2)} (median of ${rounds}; goal ${mostRatio})`);
    await endServer(running);
    return say([
      ["F-21 presses that failed, or a round without a slow page", failed],
      ["F-21 p99 of presses beyond a fifth", ratio > mostRatio && apart > mostDifferenceMs ? 1 : 0],
      ["F-21 no page was given up", n === 0 ? 1 : 0],
      ["F-21 pages that were held longer than their limit", slow > mostPageMs ? 1 : 0],
      ["F-21 pages of which something was told that nobody saw", wrong],
    ]);
  } finally {
    running.child.kill("SIGKILL");
    await owner.end();
    await site.end();
    await stage.end();
  }
}

/** Ten servers that send a byte each second and never end: ten, since no host is asked for three pages at once. */
async function slowSite() {
  const answers = new Set<ServerResponse>();
  let most = 0;
  const servers: Server[] = Array.from({ length: 10 }, () =>
    createServer((_request, response) => {
      answers.add(response);
      most = Math.max(most, answers.size);
      response.on("close", () => answers.delete(response));
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
    }),
  );
  const drip = setInterval(() => {
    for (const answer of answers) answer.write("<");
  }, 1_000);
  for (const one of servers) await new Promise<void>((resolve) => one.listen(0, "127.0.0.78", resolve));
  const addresses = servers.map((one) => {
    const at = one.address();
    return `http://127.0.0.78:${at && typeof at === "object" ? at.port : 0}`;
  });
  const end = async () => {
    clearInterval(drip);
    for (const one of servers) {
      one.closeAllConnections();
      await new Promise((resolve) => one.close(resolve));
    }
  };
  return { addresses, open: () => answers.size, most: () => most, end };
}

async function placePages(owner: pg.Client, stage: Stage, addresses: readonly string[]): Promise<void> {
  const pages = Array.from({ length: targets }, (_, at) => `${addresses[at % addresses.length]}/${at}`);
  await owner.query(
    `INSERT INTO placements (id, organization_id, channel_id, code, name, medium, page_url, owner_id)
     SELECT t.id, c.organization_id, c.id, 'slow_' || n, '느린 쪽 ' || n, 'web', page, (SELECT owner_id FROM placements WHERE code = $4)
     FROM unnest($1::uuid[], $2::text[]) WITH ORDINALITY AS t (id, page, n), channels c WHERE c.id = $3`,
    [pages.map(() => randomUUID()), pages, stage.live, code],
  );
  await owner.query(
    `INSERT INTO presence_latest (placement_id, organization_id, page_url, host, wanted, next_due_at)
     SELECT id, organization_id, page_url, split_part(page_url, '/', 3), 'present', $1 FROM placements WHERE code LIKE 'slow\\_%'
     ON CONFLICT (placement_id) DO UPDATE SET next_due_at = excluded.next_due_at`,
    [never],
  );
}

/** Somebody asks for every page at once. */
async function askForAll(owner: pg.Client): Promise<void> {
  await owner.query(
    `INSERT INTO presence_requests (organization_id, placement_id, wanted, reason)
     SELECT organization_id, id, 'present', 'hand' FROM placements WHERE code LIKE 'slow\\_%' ON CONFLICT DO NOTHING`,
  );
}

async function calledOff(owner: pg.Client): Promise<void> {
  await owner.query("DELETE FROM presence_requests WHERE done_at IS NULL");
  await owner.query("UPDATE presence_latest SET next_due_at = $1 WHERE next_due_at < $1", [never]);
}

/** Presses at their times, whether the last was answered or not. Times in milliseconds. */
async function press(origin: string): Promise<{ p50: number; p99: number; failed: number }> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
  const took: number[] = [];
  let failed = 0;
  const one = () =>
    new Promise<void>((resolve) => {
      const from = performance.now();
      const request = http.get(`${origin}/b/${code}`, { agent, headers: { "user-agent": "Mozilla/5.0 (iPhone)" } });
      request.on("response", (answer) => {
        took.push(performance.now() - from);
        if (answer.statusCode !== 302) failed += 1;
        answer.resume().on("close", resolve);
      });
      request.on("error", () => {
        failed += 1;
        resolve();
      });
    });
  const begun = performance.now();
  const all: Promise<void>[] = [];
  for (let at = 0; at < presses; at += 1) {
    const rest = begun + at * apartMs - performance.now();
    if (rest > 0) await sleep(rest);
    all.push(one());
  }
  await Promise.all(all);
  agent.destroy();
  took.sort((a, b) => a - b);
  return { p50: took[Math.floor(took.length * 0.5)] ?? 0, p99: took[Math.floor(took.length * 0.99)] ?? 0, failed };
}

async function until(met: () => boolean, what: string): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (!met()) {
    if (performance.now() > deadline) throw new Error(`Not within a minute: ${what}`);
    await sleep(100);
  }
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
