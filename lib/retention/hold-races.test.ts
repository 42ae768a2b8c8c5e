// A hold placed at any moment of a destruction is honoured, or it is refused: never answered with success and destroyed (trust.md P-76).
import { randomBytes, randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { destroySessions } from "@/lib/archive/destroy";
import { lockHolds } from "@/lib/archive/holds-lock";
import type { JobActor } from "@/lib/auth/actor";
import { ingest } from "@/lib/auth/door";
import { addDays, kstDay } from "@/lib/clock";
import { closeDatabase } from "@/lib/db/client";
import { Conflict } from "@/lib/errors";
import { userHandle } from "@/lib/keyring";
import { openTestCompany, type TestCompany } from "@/lib/test-company";
import { placeHold } from "./commands/place-hold";
import { approveRelease, requestRelease } from "./commands/release-hold";
import { getHold } from "./queries/get-hold";

let company: TestCompany;
let channelId: string;
let connectionId: string;
let runner: JobActor;
const today = kstDay(new Date());

beforeAll(async () => {
  company = await openTestCompany();
  channelId = (await company.opened()).id;
  connectionId = randomUUID();
  runner = { kind: "job", name: "destruction", organizationId: company.ours };
  await company.owner.query(
    "INSERT INTO dealer_connections (id, organization_id, channel_id, format, created_by) VALUES ($1, $2, $3, 'canonical', 'test')",
    [connectionId, company.ours, channelId],
  );
});
afterAll(async () => {
  await company.owner.end();
  await closeDatabase();
});

const userKey = "RaceUser_01";

/** A consultation that is due. */
async function due(): Promise<string> {
  const id = randomUUID();
  await company.owner.query(
    `INSERT INTO consult_sessions (id, organization_id, channel_id, connection_id, external_id, user_handle, user_sealed, opened_by, opened_at, ended_at, due_on)
     VALUES ($1, $2, $3, $4, $5, $6, '\\x00', 'message', now() - interval '400 days', now() - interval '400 days', $7)`,
    [
      ...[id, company.ours, channelId, connectionId, randomBytes(6).toString("hex")],
      ...[userHandle(company.ours, channelId, userKey), addDays(today, -10)],
    ],
  );
  return id;
}

const said = () => ({
  ...{ title: "소비자원 분쟁조정", reason: "분쟁조정 절차가 끝날 때까지" },
  ...{ ownerId: company.officer.personId, reviewOn: addDays(today, 30) },
});
const hold = (session: string) => placeHold(company.officer, { scope: "session", session, ...said() });

/** A batch as the destruction runs it: the lock, then what is held, then the act. @returns what it destroyed */
function batch(sessionIds: readonly string[]): Promise<number> {
  return ingest(runner, "destruction:run", async (tx) => {
    await lockHolds(tx, company.ours, "shared");
    const held = await tx.$queryRaw<{ id: string }[]>`
      SELECT session_id AS id FROM held_sessions WHERE session_id = ANY(${[...sessionIds]}::uuid[])`;
    const free = sessionIds.filter((id) => !held.some((one) => one.id === id));
    return (await destroySessions(tx, company.ours, randomUUID(), free, new Date())).sessions;
  });
}
const isThere = async (id: string) =>
  (await company.owner.query("SELECT FROM consult_sessions WHERE id = $1", [id])).rowCount === 1;

/** Until somebody in this database waits for an advisory lock. */
const advisoryWaits = () =>
  expect
    .poll(
      async () =>
        (
          await company.owner.query(
            "SELECT FROM pg_locks l JOIN pg_database d ON d.oid = l.database WHERE d.datname = current_database() AND l.locktype = 'advisory' AND NOT l.granted",
          )
        ).rowCount,
      { timeout: 10_000, interval: 20 },
    )
    .toBe(1);

/** Keeps a lock until it is let go. */
async function gate(sql: string, values: unknown[] = []): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL, options: "-c timezone=UTC" });
  await client.connect();
  await client.query("BEGIN");
  await client.query(sql, values);
  return async () => {
    await client.query("ROLLBACK");
    await client.end();
  };
}

it("waits for a batch under way, and is then refused: what it names is gone", async () => {
  const id = await due();
  const open = await gate("SELECT FROM consult_sessions WHERE id = $1 FOR UPDATE", [id]);
  const destroyed = batch([id]);
  // The batch has asked for holds and stands at the row; the hold waits for the batch.
  await expect
    .poll(async () => (await company.owner.query("SELECT FROM pg_locks WHERE NOT granted")).rowCount, { interval: 20 })
    .toBeGreaterThan(0);
  const placed = Promise.allSettled([hold(id)]);
  await advisoryWaits();
  await open();
  expect(await destroyed).toBe(1);
  const [outcome] = await placed;
  expect(outcome.status === "rejected" && outcome.reason).toEqual(new Conflict("retention.holds.refused.sessionGone"));
  expect(await isThere(id)).toBe(false);
});

it("is honoured by a batch that comes while it is being placed", async () => {
  const id = await due();
  const open = await gate("LOCK TABLE holds IN SHARE MODE");
  const placed = hold(id);
  await expect
    .poll(
      async () =>
        (await company.owner.query("SELECT FROM pg_locks WHERE relation = 'holds'::regclass AND NOT granted")).rowCount,
      { interval: 20 },
    )
    .toBe(1);
  const destroyed = batch([id]);
  await advisoryWaits();
  await open();
  await placed;
  expect(await destroyed).toBe(0);
  expect(await isThere(id)).toBe(true);
});

it("holds what is left of a user when a batch took the rest before it", async () => {
  const [first, second] = [await due(), await due()];
  const open = await gate("SELECT FROM consult_sessions WHERE id = $1 FOR UPDATE", [first]);
  const destroyed = batch([first]);
  await expect
    .poll(async () => (await company.owner.query("SELECT FROM pg_locks WHERE NOT granted")).rowCount, { interval: 20 })
    .toBeGreaterThan(0);
  const placed = placeHold(company.officer, { scope: "user", channelId, userKey, ...said() });
  await advisoryWaits();
  await open();
  expect(await destroyed).toBe(1);
  const { id, covered } = await placed;
  const left = (await company.owner.query("SELECT session_id FROM held_sessions WHERE hold_id = $1", [id])).rowCount;
  expect(left).toBe(covered);
  expect(await batch([second])).toBe(0);
  expect(await isThere(second)).toBe(true);
  await release(id);
});

async function release(holdId: string): Promise<void> {
  const releaseId = await requestRelease(company.officer, { holdId, version: 1, reason: "절차가 끝났습니다" });
  const hash = (await getHold(company.officer, holdId))?.releases[0]?.hash ?? "";
  await approveRelease(company.admin, { releaseId, hash, note: "" });
}

it("is honoured or refused in forty rounds of both at once", async () => {
  const seen = { honoured: 0, refused: 0 };
  for (let round = 0; round < 40; round += 1) {
    const id = await due();
    // Each goes first in half of the rounds.
    const begun = round % 2 === 0 ? [hold(id), batch([id])] : [batch([id]), hold(id)].reverse();
    const [placed, destroyed] = await Promise.allSettled(begun);
    expect(destroyed?.status).toBe("fulfilled");
    if (placed?.status === "fulfilled") {
      expect(await isThere(id)).toBe(true);
      seen.honoured += 1;
    } else {
      expect(placed?.reason).toBeInstanceOf(Conflict);
      expect(await isThere(id)).toBe(false);
      seen.refused += 1;
    }
  }
  expect(seen.honoured + seen.refused).toBe(40);
});

it("two people cannot both decide on a release", async () => {
  for (let round = 0; round < 10; round += 1) {
    const { id: holdId } = await hold(await due());
    const releaseId = await requestRelease(company.officer, { holdId, version: 1, reason: "절차가 끝났습니다" });
    const hash = (await getHold(company.officer, holdId))?.releases[0]?.hash ?? "";
    const outcomes = await Promise.allSettled(
      [company.admin, company.second].map((who) => approveRelease(who, { releaseId, hash, note: "" })),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  }
});
