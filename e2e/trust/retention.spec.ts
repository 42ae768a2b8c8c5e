// Retention and destruction (trust.md H, P-71, P-73, P-76): by requests alone, seen with the owner's eyes.
import { expect, test } from "@playwright/test";
import { addDays, kstDay } from "@/lib/clock";
import { approveDestruction, requestDestruction, startDestruction } from "@/lib/retention/commands/decide-destruction";
import { runBatch } from "@/lib/retention/commands/run-destruction";
import { type Company, destructionOf, openCompany } from "../harness-company";
import { row, rows } from "../harness-database";
import {
  begin,
  consultOf,
  dueConsults,
  ended,
  idIn,
  isKept,
  longAgo,
  press,
  runs,
  type Told,
} from "../harness-destruction";
import { formWith, submit } from "../harness-form";
import { tell, wrote } from "../harness-hook";
import { say } from "../probes/probe";

const acts = "retention.destructions.acts";
const officerOf = (company: Company) => company.people.COMPLIANCE_OFFICER.caller;
const adminOf = (company: Company) => company.people.CLIENT_ADMIN.caller;

/** Freezes what is due, by the list's own button. @returns the address of the run */
async function freeze(company: Company): Promise<string> {
  const who = officerOf(company);
  const form = formWith(await who.get(runs), runs, { kind: "routine" }, say("retention.destructions.preview.freeze"));
  const answer = await submit(who, form);
  expect(answer.status).toBe(303);
  return new URL(answer.headers.location ?? "", "http://damso").pathname;
}

const itemsOf = async (at: string) =>
  (
    await rows<{ id: string }>("SELECT subject_id AS id FROM destruction_items WHERE destruction_id = $1", [idIn(at)])
  ).map(({ id }) => id);
const idsOf = (told: readonly Told[]) => told.map(({ id }) => id).sort();

/** Opens the page of a new hold. @returns sends it: its address, or null where it was refused */
async function holdPage(company: Company, scope: "session" | "user") {
  const who = officerOf(company);
  const at = `/retention/holds/new?scope=${scope}`;
  const form = formWith(await who.get(at), at, { scope });
  return async (change: Record<string, string>): Promise<string | null> => {
    const answer = await submit(who, form, {
      ...{ title: `보존 ${company.marker}`, reason: "분쟁조정 절차가 끝날 때까지 둡니다" },
      ...{ ownerId: company.people.COMPLIANCE_OFFICER.personId, reviewOn: addDays(kstDay(new Date()), 60), ...change },
    });
    expect([200, 303]).toContain(answer.status);
    return answer.status === 303 ? new URL(answer.headers.location ?? "", "http://damso").pathname : null;
  };
}

const hold = async (company: Company, scope: "session" | "user", change: Record<string, string>) =>
  (await holdPage(company, scope))(change);

/** Asks for the release of a hold, and agrees as the second person. */
async function release(company: Company, at: string): Promise<void> {
  const officer = officerOf(company);
  const ask = formWith(await officer.get(at), at, { holdId: true, reason: true }, "해제 요청");
  expect((await submit(officer, ask, { reason: "절차가 끝났습니다" })).status).toBe(303);
  const admin = adminOf(company);
  const agree = formWith(await admin.get(at), at, { releaseId: true, hash: true }, "해제 승인");
  expect((await submit(admin, agree)).status).toBe(303);
}

test("a hold wins over the last day; of two, one is enough; one on a user covers what comes later (P-71)", async () => {
  const company = await openCompany();
  const [free, once, twice] = (await dueConsults(company, 3)) as [Told, Told, Told];
  const { userKey } = free;
  await hold(company, "session", { session: once.id });
  const holds = [
    await hold(company, "session", { session: twice.id }),
    await hold(company, "session", { session: twice.id }),
  ];
  expect((await itemsOf(await freeze(company))).sort()).toEqual([free.id]);
  await release(company, holds[0] ?? "");
  expect(await itemsOf(await freeze(company))).toEqual([free.id]);
  await release(company, holds[1] ?? "");
  expect((await itemsOf(await freeze(company))).sort()).toEqual(idsOf([free, twice]));
  await hold(company, "user", { channelId: company.channelId, userKey });
  await consultOf(company, longAgo, { userKey });
  expect(await itemsOf(await freeze(company))).toEqual([twice.id]);
});

test("what is destroyed is what was looked at, but for new holds; anything else stops it (P-73)", async () => {
  const company = await openCompany();
  const told = await dueConsults(company, 5);
  const at = await freeze(company);
  expect((await itemsOf(at)).sort()).toEqual(idsOf(told));
  const held = told[2] as Told;
  expect(await hold(company, "session", { session: held.id })).not.toBeNull();
  await begin(company, at, 5);
  expect(await ended(at)).toBe("finished");
  for (const { id } of told) expect([id, await isKept(id)]).toEqual([id, id === held.id]);
  const { officer, admin } = { officer: company.people.COMPLIANCE_OFFICER, admin: company.people.CLIENT_ADMIN };
  const entry = await row(
    `SELECT count, handled_by, approved_by, digest = (SELECT encode(sha256(convert_to(string_agg(subject_id::text, E'\\n' ORDER BY subject_id), 'UTF8')), 'hex')
       FROM destruction_items i WHERE i.destruction_id = l.destruction_id AND state = 'destroyed') AS agrees FROM ledger_entries l WHERE destruction_id = $1`,
    [idIn(at)],
  );
  expect(entry).toEqual({ count: 4, handled_by: officer.personId, approved_by: admin.personId, agrees: true });
  // Pressed again, it does not begin again.
  const steps = "SELECT count(*)::int AS n FROM destruction_steps WHERE destruction_id = $1";
  const { n } = await row<{ n: number }>(steps, [idIn(at)]);
  const stale = { destructionId: idIn(at), digest: "0".repeat(64), phrase: "파기 5" };
  const other = await freezeOne(company);
  for (const change of [{ ...stale }, { ...stale, digest: other.digest }]) {
    const form = formWith(
      await officerOf(company).get(other.at),
      other.at,
      { destructionId: true },
      say(`${acts}.request`),
    );
    expect((await submit(officerOf(company), form, change)).status).not.toBe(303);
  }
  expect(await row(steps, [idIn(at)])).toEqual({ n });

  const more = await dueConsults(company, 2);
  const next = await freeze(company);
  await press(officerOf(company), next, say(`${acts}.request`));
  await press(adminOf(company), next, say(`${acts}.approve`), { guardSeen: "on" });
  const { externalId, userKey } = more[0] as Told;
  const late = { userKey, at: new Date(Date.now() - (longAgo - 1) * 86_400_000).toISOString() };
  expect((await tell(company, wrote(company, externalId, "뒤늦은 말", late))).status).toBe(200);
  expect((await press(officerOf(company), next, "2건 파기", { phrase: "파기 2" })).status).toBe(303);
  expect(await ended(next)).toBe("stopped");
  for (const { id } of more) expect(await isKept(id)).toBe(true);
});

/** A run of one consultation that is not due. */
async function freezeOne(company: Company): Promise<{ at: string; digest: string }> {
  const { id } = await consultOf(company, 0);
  const run = await destructionOf(company, company.people, id);
  return { at: `${runs}/${run.id}`, digest: run.digest };
}

test("a hold placed while a destruction runs is honoured or refused, never both (P-76)", async () => {
  const company = await openCompany();
  const { COMPLIANCE_OFFICER, CLIENT_ADMIN } = company.people;
  const job = { kind: "job", name: "destructions", organizationId: company.id } as const;
  const honoured: boolean[] = [];
  for (let turn = 0; turn < 12; turn += 1) {
    const { id } = await consultOf(company, 0);
    const run = await destructionOf(company, company.people, id);
    const said = { destructionId: run.id, digest: run.digest, note: "" };
    await requestDestruction(COMPLIANCE_OFFICER.actor, said, new Date());
    await approveDestruction(CLIENT_ADMIN.actor, { ...said, guardSeen: true }, new Date());
    const start = { ...said, phrase: "파기 1" };
    const batch = async () => {
      await startDestruction(COMPLIANCE_OFFICER.actor, start, new Date());
      while ((await runBatch(job, run.id, new Date())) === "batch");
    };
    // The page is open already, so that what is sent meets the batch: before it, with it, or while it goes on.
    const place = await holdPage(company, "session");
    const going = turn % 3 === 2 ? batch() : null;
    const placing = place({ session: id });
    if (turn % 3 === 0) await placing;
    await (going ?? batch());
    const placed = await placing;
    expect(await ended(`${runs}/${run.id}`)).toBe("finished");
    expect([turn, await isKept(id)]).toEqual([turn, placed !== null]);
    honoured.push(placed !== null);
    const page = await officerOf(company).get(`/transcripts/${id}`);
    expect(page.status).toBe(placed ? 200 : 404);
  }
  expect(honoured.filter(Boolean).length).toBeGreaterThanOrEqual(4);
  const { id } = await consultOf(company, 0);
  const at = `${runs}/${(await destructionOf(company, company.people, id)).id}`;
  await begin(company, at, 1);
  await ended(at);
  expect(await hold(company, "session", { session: id })).toBeNull();
});
