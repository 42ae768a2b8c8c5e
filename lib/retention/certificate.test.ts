// The papers of a destruction on a database: their sums are the ledger's and the auditor's, and they hold nobody's data.
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { reckonDue } from "@/lib/archive/reckoning";
import type { JobActor } from "@/lib/auth/actor";
import { kstDay } from "@/lib/clock";
import { Forbidden, NotFound } from "@/lib/errors";
import { drawLetter } from "@/lib/pdf/letter";
import { openReadingCompany, type ReadingCompany } from "@/lib/transcripts/testing";
import { makePolicy } from "@/prisma/seed/policies";
import { certificatePdf } from "./certificate";
import { approveDestruction, requestDestruction, startDestruction } from "./commands/decide-destruction";
import { prepareDestruction } from "./commands/prepare-destruction";
import { runBatch } from "./commands/run-destruction";
import { takeCertificate, takeDealerLetter } from "./commands/take-papers";
import { agreesWithLedger, certificateParts, certificateTotal } from "./rules/certificate";
import { dealerLetter } from "./rules/dealer-letter";

let company: ReadingCompany;
let job: JobActor;
let runId: string;
let waitingId: string;
const userKeys = ["uKim8f2c1a0b9d", "uLee7e3d2c1b0a"];

/** The auditors' guide's own query. */
const differences =
  /-- A run whose line of the ledger[^\n]*\n(SELECT[\s\S]*?);\n/.exec(readFileSync("docs/auditors.md", "utf8"))?.[1] ??
  "";

async function frozen() {
  const now = new Date();
  const at = new Date(now.getTime() - 90 * 86_400_000);
  for (const userKey of userKeys) await company.consult({ at, userKey: userKey + randomUUID().slice(0, 4) });
  await reckonDue({ ...job, name: "reckoning" }, now);
  return prepareDestruction(company.officer, { kind: "routine", reason: "" }, now);
}

beforeAll(async () => {
  company = await openReadingCompany();
  job = { kind: "job", name: "destructions", organizationId: company.ours };
  const people = { now: new Date(), officer: company.officer, admin: company.admin };
  const version = { savedDaysAgo: 400, count: 1, unit: "days", anchor: "session-end", basis: "pipa-15-1-1" } as const;
  await makePolicy(people, { number: 1, name: "일반 문의", versions: [version] });
  const run = await frozen();
  runId = run.id;
  const said = { destructionId: run.id, digest: run.digest, note: "" };
  await requestDestruction(company.officer, said, new Date());
  await approveDestruction(company.admin, { ...said, guardSeen: true }, new Date());
  await startDestruction(company.officer, { ...said, phrase: `파기 ${run.sessions}` }, new Date());
  for (let turn = 0; turn < 5; turn += 1) if ((await runBatch(job, run.id, new Date())) !== "batch") break;
  waitingId = (await frozen()).id;
});
afterAll(() => company.owner.end());

it("says what the ledger's line and the auditor's view say", async () => {
  await company.mark();
  const facts = await takeCertificate(company.auditor, runId);
  await company.expectOneEvent("destruction.certificate-taken", runId);
  const total = certificateTotal(facts.sums);
  const { rows } = await company.owner.query(
    `SELECT count(*)::int AS sessions, sum(messages)::int AS messages, sum(files)::int AS files,
       encode(sha256(convert_to(string_agg(subject::text, E'\\n' ORDER BY subject), 'UTF8')), 'hex') AS digest
     FROM check_destructions WHERE run = $1 AND state = 'destroyed'`,
    [runId],
  );
  expect(rows).toEqual([{ ...total, digest: facts.digest }]);
  expect(total.sessions).toBe(2);
  const line = await company.owner.query("SELECT count, digest FROM check_ledger WHERE run = $1", [runId]);
  expect(line.rows).toEqual([{ count: total.sessions, digest: facts.digest }]);
  expect(agreesWithLedger(facts)).toBe(true);
  expect(agreesWithLedger({ ...facts, sums: facts.sums.map((sum) => ({ ...sum, sessions: 1 })) })).toBe(false);
  expect(agreesWithLedger({ ...facts, digest: "0".repeat(64) })).toBe(false);
});

it("the guide's query finds nothing, and names a run whose line was changed", async () => {
  const found = async () => (await company.owner.query(differences)).rows.filter(({ run }) => run === runId);
  expect(differences).not.toBe("");
  expect(await found()).toEqual([]);
  await company.owner.query("SET session_replication_role = replica");
  await company.owner.query("UPDATE ledger_entries SET count = count + 1 WHERE destruction_id = $1", [runId]);
  expect(await found()).toMatchObject([{ run: runId }]);
  await company.owner.query("UPDATE ledger_entries SET count = count - 1 WHERE destruction_id = $1", [runId]);
  await company.owner.query("SET session_replication_role = origin");
});

it("names both people and the policy version, and nobody who was destroyed", async () => {
  const facts = await takeCertificate(company.officer, runId);
  const text = JSON.stringify(certificateParts(facts));
  for (const part of ["승인 요청", "실행", "일반 문의", "제1판", facts.digest, facts.number])
    expect(text).toContain(part);
  const approved = facts.steps.find(({ kind }) => kind === "approved");
  expect(approved?.personId).toBe(company.admin.personId);
  expect(text).toContain(`["승인","${approved?.name}`);
  const letter = dealerLetter(await takeDealerLetter(company.officer, runId), kstDay(new Date()));
  for (const userKey of userKeys) expect(text + JSON.stringify(letter)).not.toContain(userKey);
  for (const file of [await certificatePdf(facts), await drawLetter(letter)])
    expect(file.subarray(0, 5).toString()).toBe("%PDF-");
  expect((await certificatePdf(facts)).equals(await certificatePdf(facts))).toBe(true);
});

it("sets a long list on as many pages as it needs", async () => {
  const facts = await takeCertificate(company.officer, runId);
  const pages = (file: Buffer) => file.toString("latin1").match(/\/Type \/Page\b/g)?.length ?? 0;
  const [first] = facts.sums;
  if (!first) throw new Error("The run destroyed nothing");
  const sums = Array.from({ length: 80 }, (_, at) => ({ ...first, channel: `채널 ${at}` }));
  expect(pages(await certificatePdf({ ...facts, sums }))).toBeGreaterThan(pages(await certificatePdf(facts)) + 3);
});

it("is not there before the run is over, for another company, or for who may not look", async () => {
  await expect(takeCertificate(company.officer, waitingId)).rejects.toThrow(NotFound);
  await expect(takeCertificate(company.officer, "x")).rejects.toThrow(NotFound);
  await expect(takeCertificate(company.strangeOfficer, runId)).rejects.toThrow(NotFound);
  await expect(takeCertificate(company.marketer, runId)).rejects.toThrow(Forbidden);
  await expect(takeDealerLetter(company.auditor, runId)).rejects.toThrow(Forbidden);
});
