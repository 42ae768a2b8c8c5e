// What was destroyed stays destroyed when an older database is restored: sessions, and files that went before theirs.
import { randomBytes, randomUUID } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeEach, expect, it } from "vitest";
import type { OperatorActor, PersonActor } from "@/lib/auth/actor";
import { change, read } from "@/lib/auth/door";
import { closeDatabase, type Tx } from "@/lib/db/client";
import { env } from "@/lib/env";
import { appendToKeyring } from "@/lib/keyring";
import { waitingReturned } from "@/lib/today/queries/returned";
import { destroyFiles, destroySessions } from "./destroy";
import { countReturned, journalFile, replayJournal, writeJournal } from "./journal";
import { noteReturned } from "./returned";
import { type ArchiveCompany, openArchive } from "./testing";

const at = new Date("2026-11-01T03:00:00Z");
let company: ArchiveCompany;
let operator: OperatorActor;
let run: string;
const opened: ArchiveCompany[] = [];

beforeEach(async () => {
  company = await openArchive();
  opened.push(company);
  const { organizationId, owner } = company;
  operator = { kind: "operator", name: "test", organizationId };
  run = randomUUID();
  await owner.query(
    `INSERT INTO destructions (id, organization_id, number, kind, due_through, policy_digest, hold_digest, target_digest, digest,
       sessions, files, messages, held, kept_by_law, stored, valid_until)
     VALUES ($1, $2, 'DR-1101-01', 'routine', '2026-11-01', '', '', '', '', 0, 1, 0, 0, 0, 0, now())`,
    [run, organizationId],
  );
});
afterAll(async () => {
  for (const { owner } of opened) await owner.end();
  await closeDatabase();
});

const column = async (sql: string, values: unknown[] = []): Promise<string[]> =>
  (await company.owner.query<{ one: string }>(sql, values)).rows.map(({ one }) => one);

/** A kept file of a session. @returns its id */
async function attach(sessionId: string): Promise<string> {
  const id = randomUUID();
  await company.owner.query(
    `INSERT INTO attachments (id, organization_id, session_id, message_id, kind, host, sealed, at, state, file_id, bytes, sha256)
     VALUES ($1, $2, $3, (SELECT count(*) FROM attachments), 'photo', 'dn-m.talk.kakao.com', '\\x00', $4, 'kept', $5, 3, 'ab')`,
    [id, company.organizationId, sessionId, at, randomBytes(16).toString("base64url")],
  );
  return id;
}

/** As a batch of a run does: its item is marked, then the file goes. */
async function destroyFile(id: string): Promise<void> {
  const now = new Date();
  const { organizationId, channelId, owner } = company;
  await owner.query(
    `INSERT INTO destruction_items (organization_id, destruction_id, kind, subject_id, channel_id, category, opened_on, state, done_at)
     VALUES ($1, $2, 'file', $3, $4, 'general', '2026-11-01', 'destroyed', $5)`,
    [organizationId, run, id, channelId, now],
  );
  await inBatch((tx) => destroyFiles(tx, organizationId, [id], now));
}
const destroySession = (id: string) =>
  inBatch((tx) => destroySessions(tx, company.organizationId, run, [id], new Date()));
const inBatch = (act: (tx: Tx) => Promise<unknown>) =>
  change(company.job, "destruction:run", async (tx, record) => {
    await act(tx);
    const body = { number: "DR-1101-01", sessions: 0, messages: 0, files: 0, held: 0, rings: 0, ids: "" };
    await record({ action: "destruction.batch", target: { kind: "destruction", id: run }, body });
  });

/** Puts rows back as a restored older database has them. */
async function keep(table: string, id: string): Promise<() => Promise<void>> {
  const [row] = await column(`SELECT to_jsonb(t)::text AS one FROM ${table} t WHERE id = $1`, [id]);
  return async () => {
    await company.owner.query(`DELETE FROM ${table} WHERE id = $1`, [id]);
    await company.owner.query(`INSERT INTO ${table} SELECT * FROM jsonb_populate_record(NULL::${table}, $1::jsonb)`, [
      row,
    ]);
  };
}
const journal = () => path.join(env().DAMSO_KEYRING, company.organizationId, journalFile);
const lines = () =>
  readFileSync(journal(), "utf8")
    .split("\n")
    .filter((line) => line !== "");
const stateOf = (id: string) => column("SELECT state AS one FROM attachments WHERE id = $1", [id]);
const today = () => {
  const officer: PersonActor = {
    ...{ kind: "person", personId: randomUUID(), organizationId: company.organizationId, role: "COMPLIANCE_OFFICER" },
    ...{ signInId: randomUUID(), address: "192.0.2.1" },
  };
  return read(officer, "destruction:read", (tx) => waitingReturned(tx));
};

it("tells files that went before their session, and destroys them again when they come back", async () => {
  const { id: session } = await company.consult("사진 보냈어요", at, null);
  const [early, stays] = [await attach(session), await attach(session)];
  const restore = await keep("attachments", early);
  await destroyFile(early);
  expect(await writeJournal(company.job)).toBe(1);
  expect(await writeJournal(company.job)).toBe(0);
  expect(lines()).toEqual([expect.stringMatching(new RegExp(`^{"file":"${early}","destruction":"${run}","at":"`))]);
  expect(await countReturned(operator)).toEqual({ sessions: 0, files: 0 });
  await noteReturned();
  expect(await today()).toEqual([]);

  await restore();
  expect(await countReturned(operator)).toEqual({ sessions: 0, files: 1 });
  // Known to the pages once it was counted, and told once.
  expect(await today()).toEqual([]);
  await noteReturned();
  await noteReturned();
  expect(await today()).toMatchObject([{ kind: "destroyReturned", values: { sessions: 0, files: 1 } }]);
  const events = await column(
    "SELECT body AS one FROM audit_events WHERE organization_id = $1 AND action = 'destruction.returned'",
    [company.organizationId],
  );
  expect(events.map((body) => JSON.parse(body))).toEqual([{ sessions: 0, files: 1 }]);

  expect(await replayJournal(operator, new Date())).toBe(1);
  expect([await stateOf(early), await stateOf(stays)]).toEqual([["destroyed"], ["kept"]]);
  expect(
    await column("SELECT file_id AS one FROM file_removals WHERE organization_id = $1", [company.organizationId]),
  ).toHaveLength(1);
  expect(await today()).toEqual([]);
  await noteReturned();
  expect(await today()).toEqual([]);
  expect(await replayJournal(operator, new Date())).toBe(0);
});

it("reads the lines of sessions that were written before files had any", async () => {
  const { id: session } = await company.consult("첫 상담", at, null);
  const { id: later } = await company.consult("다음 상담", at, null);
  const file = await attach(later);
  const restoreFile = await keep("attachments", file);
  appendToKeyring(
    company.organizationId,
    journalFile,
    `{"session":"${session}","destruction":"${run}","at":"${new Date().toISOString()}"}\n{"session":"cut off`,
  );
  await destroyFile(file);
  expect(await writeJournal(company.job)).toBe(1);
  await restoreFile();
  expect(await countReturned(operator)).toEqual({ sessions: 1, files: 1 });
  expect(await replayJournal(operator, new Date())).toBe(2);
  expect(await column("SELECT id AS one FROM consult_sessions WHERE id = ANY($1)", [[session, later]])).toEqual([
    later,
  ]);
  expect(await stateOf(file)).toEqual(["destroyed"]);
});

it("tells a file that was destroyed long before the newest session's line, when no file was told yet", async () => {
  const { id: session } = await company.consult("오래 전", at, null);
  const { id: gone } = await company.consult("방금", at, null);
  const file = await attach(session);
  await destroyFile(file);
  await company.owner.query(
    "UPDATE destruction_items SET done_at = done_at - interval '3 days' WHERE subject_id = $1",
    [file],
  );
  await destroySession(gone);
  writeFileSync(journal(), `{"session":"${gone}","destruction":"${run}","at":"${new Date().toISOString()}"}\n`);
  expect(await writeJournal(company.job)).toBe(1);
  expect(await writeJournal(company.job)).toBe(0);
  expect(lines().map((line) => Object.keys(JSON.parse(line))[0])).toEqual(["session", "file"]);
});
