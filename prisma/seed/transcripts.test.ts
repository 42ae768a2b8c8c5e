import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { PersonActor } from "@/lib/auth/actor";
import { closeDatabase } from "@/lib/db/client";
import { seedConnections } from "./dealers";
import { seedConsults } from "./transcripts";

const organizationId = randomUUID();
const channels = new Map(["한결생활", "한결멤버십", "한결비투비"].map((name) => [name, randomUUID()]));
const actor: PersonActor = {
  kind: "person",
  personId: randomUUID(),
  organizationId,
  role: "CLIENT_ADMIN",
  signInId: randomUUID(),
  address: "192.0.2.1",
};
const context = {
  now: new Date("2026-11-22T05:30:00Z"),
  actor,
  channelId: (searchId: string) => channels.get(searchId) ?? "",
};
let owner: pg.Client;

beforeAll(async () => {
  owner = new pg.Client({ connectionString: process.env.DATABASE_URL, options: "-c timezone=UTC" });
  await owner.connect();
  await owner.query("INSERT INTO organizations (id, slug, name) VALUES ($1, 'hangyeol', '한결')", [organizationId]);
  for (const [name, id] of channels) {
    await owner.query("INSERT INTO channels (id, organization_id, search_id, name) VALUES ($1, $2, $3, $3)", [
      id,
      organizationId,
      name,
    ]);
  }
});
afterAll(async () => {
  await owner.end();
  await closeDatabase();
});

it("makes consultations of a year and more once, none in the future, and counts them", async () => {
  await seedConnections(context);
  await seedConsults(context);
  const counts = async () =>
    (
      await owner.query(`SELECT count(*)::int AS sessions, sum(message_count)::int AS messages, count(*) FILTER (WHERE "returning")::int AS returning,
        count(*) FILTER (WHERE ended_at IS NULL)::int AS open, max(last_message_at) AS last FROM consult_sessions`)
    ).rows[0];
  const made = await counts();
  expect(made.sessions).toBeGreaterThan(300);
  expect(made.messages).toBeGreaterThan(1_500);
  expect(made.returning).toBeGreaterThan(50);
  expect(made.open).toBeGreaterThan(5);
  const files = await owner.query("SELECT state, count(*)::int AS n FROM attachments GROUP BY 1 ORDER BY 1");
  expect(files.rows.map(({ state }) => state)).toEqual(["destroyed", "kept", "not-kept"]);
  const due = await owner.query(`SELECT count(*)::int AS n FROM consult_sessions
    WHERE (ended_at AT TIME ZONE 'Asia/Seoul')::date IN ('2025-11-15', '2025-11-21')`);
  expect(due.rows[0].n).toBe(19);
  expect(made.last.getTime()).toBeLessThan(context.now.getTime());
  const days = await owner.query(
    "SELECT sum(sessions)::int AS sessions, sum(messages)::int AS messages FROM consult_days",
  );
  expect(days.rows[0]).toEqual({ sessions: made.sessions, messages: made.messages });
  const kept = await owner.query("SELECT count(*)::int AS n FROM messages WHERE direction <> 'note'");
  expect(kept.rows[0].n).toBe(made.messages);
  await seedConnections(context);
  await seedConsults(context);
  expect(await counts()).toEqual(made);
});
