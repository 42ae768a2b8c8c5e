// Ground for the drill of destruction: a company with consultations of long ago, of today and held ones, and its run, begun by the pages.
import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { type Company, openCompany } from "@/e2e/harness-company";
import { press, runs } from "@/e2e/harness-destruction";
import { formWith, submit } from "@/e2e/harness-form";
import { say } from "@/e2e/probes/probe";
import { keepFile } from "@/e2e/probes/transcripts";
import { reckonDue } from "@/lib/archive/reckoning";
import { addDays, kstDay } from "@/lib/clock";
import { connectAsOwner } from "@/lib/db/owner";
import { placeHold } from "@/lib/retention/commands/place-hold";
import { ingestEvents } from "@/lib/transcripts/commands/ingest-events";
import type { ConsultEvent } from "@/lib/transcripts/schema";

export type Ground = {
  company: Company;
  /** Every consultation before the run, with its messages. */
  initial: Map<string, number>;
  /** Those whose last day is over and that nothing holds. */
  due: string[];
  /** Those that a hold covered before the run was begun. */
  held: Set<string>;
  /** Address of the run, and its id. */
  at: string;
  runId: string;
};

/** Sessions that are not due, that a user's hold covers, and whose files are kept. */
const unexpired = 40;
const heldByUser = 40;
const withFiles = 20;
const chunk = 250;
const longAgo = 400;
/** Their last day is some sixty days ahead: nearer than the farthest jump of a clock. */
const soon = 150;
const heldUser = "DrillHeld_01";

/** Owner's eyes: a connection of its own, which a restart of the server may cut. */
export async function asOwner<T>(work: (owner: pg.Client) => Promise<T>): Promise<T> {
  const client = await connectAsOwner(process.env.DATABASE_URL ?? "");
  client.on("error", () => undefined);
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Lets a company's jobs be due again. The product never unmakes a finished run; whoever owns the database turns its guard off. */
export function forgetRuns(organizationId: string, job: string | null = null): Promise<void> {
  return asOwner(async (owner) => {
    await owner.query("SET session_replication_role = replica");
    await owner.query("DELETE FROM job_runs WHERE organization_id = $1 AND ($2::text IS NULL OR job = $2)", [
      organizationId,
      job,
    ]);
  });
}

/** A company with `sessions` due consultations of two messages each, some files and holds, and a run of them that was agreed to. */
export async function prepareGround(sessions: number): Promise<Ground> {
  const company = await openCompany();
  await tellAll(company, sessions - heldByUser, longAgo, (n) => `Drill${n}`);
  await tellAll(company, heldByUser, longAgo, () => heldUser);
  await tellAll(company, unexpired, soon, (n) => `DrillNew${n}`);
  await hold(company, { scope: "user", channelId: company.channelId, userKey: heldUser });
  const clerk = { kind: "job", name: "reckoning", organizationId: company.id } as const;
  for (let done = 1; done > 0; ) done = (await reckonDue(clerk, new Date())).sessions;
  const due = await dueOf(company);
  for (const id of due.slice(0, withFiles)) await keepFile(company, id);
  const initial = await asOwner(async (owner) => {
    const { rows } = await owner.query<{ id: string; messages: number }>(
      "SELECT id::text, message_count AS messages FROM consult_sessions WHERE organization_id = $1",
      [company.id],
    );
    return new Map(rows.map(({ id, messages }) => [id, messages]));
  });
  const at = await freeze(company);
  const officer = company.people.COMPLIANCE_OFFICER.caller;
  await expect303("request", press(officer, at, say("retention.destructions.acts.request")));
  const admin = company.people.CLIENT_ADMIN.caller;
  await expect303("approve", press(admin, at, say("retention.destructions.acts.approve"), { guardSeen: "on" }));
  // Holds that come after the approval are taken out of the run.
  const late = due.slice(-5);
  for (const session of late) await hold(company, { scope: "session", session });
  return { company, initial, due, held: await heldOf(company), at, runId: at.slice(at.lastIndexOf("/") + 1) };
}

/** Begins the run by its page, as the officer does. */
export async function beginRun({ company, at, due }: Ground): Promise<void> {
  const words = `${due.length.toLocaleString("ko")}건 파기`;
  const officer = company.people.COMPLIANCE_OFFICER.caller;
  await expect303("begin", press(officer, at, words, { phrase: `파기 ${due.length}` }));
}

export type Progress = { pending: number; over: string };

export async function progressOf(owner: pg.Client, runId: string): Promise<Progress> {
  const { rows } = await owner.query<Progress>(
    `SELECT (SELECT count(*)::int FROM destruction_items WHERE destruction_id = $1 AND state = 'pending') AS pending,
       coalesce((SELECT kind FROM destruction_steps WHERE destruction_id = $1 AND kind IN ('finished', 'stopped')), '') AS over`,
    [runId],
  );
  return rows[0] ?? { pending: -1, over: "" };
}

/** Waits until the server has destroyed a batch, or more. */
export function untilBegun(runId: string, total: number): Promise<Progress> {
  return until(
    (owner) => progressOf(owner, runId),
    ({ pending }) => pending < total,
  );
}

/** Waits until the run is over. @returns how it ended */
export async function untilOver(runId: string): Promise<string> {
  return (
    await until(
      (owner) => progressOf(owner, runId),
      ({ over }) => over !== "",
    )
  ).over;
}

/** Asks again until it is so, for two minutes at most, then answers what it is. */
export async function until<T>(ask: (owner: pg.Client) => Promise<T>, so: (found: T) => boolean): Promise<T> {
  return asOwner(async (owner) => {
    const deadline = performance.now() + 120_000;
    for (;;) {
      const found = await ask(owner);
      if (so(found) || performance.now() > deadline) return found;
      await sleep(30);
    }
  });
}

async function tellAll(
  company: Company,
  count: number,
  daysAgo: number,
  userKeyOf: (n: number) => string,
): Promise<void> {
  const { connectionId, channelId, id: organizationId, marker } = company;
  const dealer = { kind: "dealer", organizationId, connectionId, address: "192.0.2.9" } as const;
  const events = Array.from({ length: count }, (_none, n) => {
    const sessionId = `${marker}-${daysAgo}-${userKeyOf(n)}-${n}`;
    return ["first", "second"].map((word, nth): ConsultEvent => {
      const text = `${word} ${sessionId} 010-1234-4821`;
      const at = new Date(Date.now() - daysAgo * 86_400_000 + nth * 1_000);
      return {
        ...{ key: `message:${sessionId}:${nth}`, digest: text, kind: "message", sessionId, userKey: userKeyOf(n), at },
        ...{ extra: null, entry: null, reason: null, direction: "in", row: "text", content: { text } },
      };
    });
  }).flat();
  for (let from = 0; from < events.length; from += chunk)
    await ingestEvents(dealer, channelId, events.slice(from, from + chunk), new Date());
}

async function hold(
  { people, marker }: Company,
  covers: { scope: "session"; session: string } | { scope: "user"; channelId: string; userKey: string },
): Promise<void> {
  const { actor, personId } = people.COMPLIANCE_OFFICER;
  const said = { title: `보존 ${marker}`, reason: "절차가 끝날 때까지 둡니다", ownerId: personId };
  await placeHold(actor, { ...covers, ...said, reviewOn: addDays(kstDay(new Date()), 60) });
}

async function freeze(company: Company): Promise<string> {
  const who = company.people.COMPLIANCE_OFFICER.caller;
  const form = formWith(await who.get(runs), runs, { kind: "routine" }, say("retention.destructions.preview.freeze"));
  const answer = await expect303("freeze", submit(who, form));
  return new URL(answer.headers.location ?? "", "http://damso").pathname;
}

async function expect303<T extends { status: number; text: string }>(what: string, sent: Promise<T>): Promise<T> {
  const answer = await sent;
  if (answer.status !== 303) throw new Error(`${what}: ${answer.status}`);
  return answer;
}

const dueOf = (company: Company) =>
  asOwner(async (owner) => {
    const { rows } = await owner.query<{ id: string }>(
      `SELECT id::text FROM consult_sessions s WHERE organization_id = $1 AND due_on < $2::date
         AND NOT EXISTS (SELECT FROM held_sessions h WHERE h.session_id = s.id) ORDER BY id`,
      [company.id, kstDay(new Date())],
    );
    return rows.map(({ id }) => id);
  });

/** Consultations that a hold covers now. */
export const heldOf = (company: Company) =>
  asOwner(async (owner) => {
    const { rows } = await owner.query<{ id: string }>(
      "SELECT session_id::text AS id FROM held_sessions WHERE organization_id = $1",
      [company.id],
    );
    return new Set(rows.map(({ id }) => id));
  });
