// Who takes several consultations at once takes them by id: ingestion, reckoning and destruction wait for each other, never in a circle.
import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ingest } from "@/lib/auth/door";
import { closeDatabase } from "@/lib/db/client";
import { ingestEvents } from "@/lib/transcripts/commands/ingest-events";
import type { ConsultEvent } from "@/lib/transcripts/schema";
import { destroySessions } from "./destroy";
import { reckonSessions } from "./reckoning";
import { type ArchiveCompany, openArchive } from "./testing";

let company: ArchiveCompany;
const at = new Date("2026-11-20T03:00:00Z");
beforeAll(async () => {
  company = await openArchive();
});
afterAll(async () => {
  await company.owner.end();
  await closeDatabase();
});

type Held = { query: pg.Client["query"]; let: () => Promise<void> };

/** Keeps a row of a consultation until it is let go. */
async function holding(id: string): Promise<Held> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL, options: "-c timezone=UTC" });
  await client.connect();
  await client.query("BEGIN");
  await client.query("SELECT FROM consult_sessions WHERE id = $1 FOR UPDATE NOWAIT", [id]);
  return {
    query: client.query.bind(client),
    let: async () => {
      await client.query("ROLLBACK");
      await client.end();
    },
  };
}

/** Until so many statements wait for a lock in this database. */
const waiting = (count: number) =>
  expect
    .poll(
      async () =>
        (
          await company.owner.query(
            "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
          )
        ).rowCount,
      { timeout: 3_000, interval: 10 },
    )
    .toBe(count);

/** Three consultations whose ids run one way and whose names with the dealer run the other. */
async function opposed(): Promise<{ ids: string[]; names: string[] }> {
  const made = [await consult(), await consult(), await consult()].sort();
  const round = randomUUID();
  const names = ["z", "m", "a"].map((letter) => `${letter}-${round}`);
  for (const [index, id] of made.entries())
    await company.owner.query("UPDATE consult_sessions SET external_id = $2 WHERE id = $1", [id, names[index]]);
  return { ids: made, names };
}
const consult = async () => (await company.consult("안녕하세요", at, null)).id;

const says = (sessionId: string): ConsultEvent => ({
  ...{ key: randomUUID(), digest: "d", kind: "message", sessionId, userKey: "MZjEVK4x18_V", at },
  ...{ extra: null, entry: null, reason: null, direction: "in", row: "text", content: { text: "또 왔어요" } },
});

it.each<[string, (ids: readonly string[]) => Promise<number>, number]>([
  [
    "reckoning",
    (ids) =>
      ingest(company.job, "retention:reckon", (tx) => reckonSessions(tx, company.organizationId, ids, new Date())),
    3,
  ],
  [
    "destruction",
    (ids) =>
      ingest(
        company.job,
        "destruction:run",
        async (tx) => (await destroySessions(tx, company.organizationId, randomUUID(), ids, new Date())).sessions,
      ),
    3,
  ],
])("%s and ingestion stand in one line", async (what, take, count) => {
  const { ids, names } = await opposed();
  const [first = "", middle = "", last = ""] = ids;
  const gate = await holding(middle);
  // The one has the first and stands at the middle, the other wants both ends.
  const taken = take(ids);
  await waiting(1);
  const brought = ingestEvents(
    company.dealer,
    company.channelId,
    [says(names[2] ?? ""), says(names[0] ?? "")],
    new Date(),
  );
  await waiting(2);
  // Not even one end: it stands behind the first.
  const free = await holding(last);
  await free.let();
  await expect(holding(first)).rejects.toThrow(/could not obtain lock/);
  await gate.let();
  expect(await taken).toBe(count);
  const answers = await brought;
  if (what === "destruction") expect(answers).toEqual(Array(2).fill({ stored: false, reason: "destroyed" }));
  else expect(answers).toEqual(Array(2).fill({ stored: true }));
});
