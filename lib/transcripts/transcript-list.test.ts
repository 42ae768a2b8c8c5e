import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase } from "@/lib/db/client";
import { Forbidden } from "@/lib/errors";
import { userHandle } from "@/lib/keyring";
import { findTranscripts, searchTranscripts } from "./commands/search-transcripts";
import { type TranscriptFilter, transcriptFilterSchema } from "./schema/reading";
import { openReadingCompany, type ReadingCompany, saidUserKey } from "./testing";

const now = new Date("2026-11-23T00:12:00Z");
const hour = 3_600_000;
const day = 24 * hour;
const many = 2_400;

type Made = {
  id: string;
  channel: string;
  extra: string | null;
  openedAt: Date;
  lastUser: Date | null;
  endedAt: Date | null;
  category: string;
  version: string | null;
  heldAt: Date | null;
  shelf: string;
  returning: boolean;
  dueOn: string | null;
  user: string;
};

let company: ReadingCompany;
let second: string;
let placementId: string;
let policyId: string;
let made: Made[];

const code = "pl_list_1";

beforeAll(async () => {
  company = await openReadingCompany();
  second = (await company.opened()).id;
  placementId = randomUUID();
  await company.owner.query(
    "INSERT INTO placements (id, organization_id, channel_id, code, name, medium, owner_id) VALUES ($1, $2, $3, $4, '강남점 계산대', 'offline', $5)",
    [placementId, company.ours, company.channelId, code, company.officer.personId],
  );
  policyId = randomUUID();
  const version = randomUUID();
  await company.owner.query(
    "INSERT INTO retention_policies (id, organization_id, number, name, created_by) VALUES ($1, $2, 1, '일반 문의', $3)",
    [policyId, company.ours, company.officer.personId],
  );
  await company.owner.query(
    `INSERT INTO policy_versions (id, organization_id, policy_id, number, count, unit, anchor, basis, text, hash, person_id)
     VALUES ($1, $2, $3, 1, 1, 'years', 'session-end', 'pipa-15-1-1', '{}', '', $4)`,
    [version, company.ours, policyId, company.officer.personId],
  );
  made = Array.from({ length: many }, (_, n): Made => make(n, version));
  await company.owner.query("SELECT damso_make_shelf('law-2029-11')");
  await company.owner.query(
    `INSERT INTO consult_sessions (id, organization_id, channel_id, connection_id, external_id, user_handle, user_sealed, opened_by, extra, opened_at,
       last_user_message_at, ended_at, category, policy_version_id, held_at, shelf, "returning", due_on, promised_on)
     SELECT (r->>'id')::uuid, $1, (r->>'channel')::uuid, $2, r->>'id', decode(r->>'user', 'hex'), '\\x00', 'message', r->>'extra', (r->>'openedAt')::timestamptz,
       (r->>'lastUser')::timestamptz, (r->>'endedAt')::timestamptz, r->>'category', (r->>'version')::uuid, (r->>'heldAt')::timestamptz, r->>'shelf',
       (r->>'returning')::boolean, (r->>'dueOn')::date, (r->>'dueOn')::date FROM jsonb_array_elements($3::jsonb) r`,
    [company.ours, company.dealer.connectionId, JSON.stringify(made)],
  );
  await company.owner.query(
    "UPDATE consult_sessions s SET placement_id = p.id FROM placements p WHERE p.code = s.extra",
  );
  await company.owner.query("ANALYZE consult_sessions");
}, 60_000);
afterAll(async () => {
  await company.owner.end();
  await closeDatabase();
});

/** Several share an instant, so that the id decides. */
function make(n: number, version: string): Made {
  const openedAt = new Date(now.getTime() - (n % 90) * day - (n % 7) * hour);
  const pick = <T>(list: readonly T[], by: number): T => list[Math.floor(n / by) % list.length] as T;
  const ended = n % 3 === 0;
  return {
    ...{ id: randomUUID(), channel: n % 5 === 0 ? second : company.channelId, openedAt },
    extra: pick([code, code, "old_code", null], 2),
    lastUser: n % 4 === 0 ? null : new Date(openedAt.getTime() + hour),
    endedAt: ended ? new Date(openedAt.getTime() + 2 * hour) : null,
    category: pick(["general", "general", "dispute", "payment"], 3),
    version: n % 6 === 0 ? version : null,
    heldAt: n % 40 === 0 ? openedAt : null,
    shelf: n % 50 === 0 ? "law-2029-11" : "open",
    returning: n % 4 === 1,
    dueOn: n % 6 === 0 ? pick(["2026-11-17", "2026-11-18", "2026-11-22", "2027-05-05"], 6) : null,
    user: String(n % 100).padStart(32, "0"),
  };
}

const silent = (one: Made) => {
  const last = (one.lastUser ?? one.openedAt).getTime();
  return (Math.floor(last / hour) + 1) * hour + 30 * day <= now.getTime();
};

/** By hand, without SQL. */
const expectations: [string, TranscriptFilter, (one: Made) => boolean][] = [
  ["no condition", {}, () => true],
  ["place known", { place: "known" }, ({ extra }) => extra === code],
  ["place unknown", { place: "unknown" }, ({ extra }) => extra === "old_code"],
  ["no place", { place: "none" }, ({ extra }) => extra === null],
  ["period", { from: "2026-10-01", to: "2026-10-15" }, ({ openedAt }) => kstDays(openedAt, "2026-10-01", "2026-10-15")],
  ["open", { state: "open" }, (one) => !one.endedAt && !silent(one)],
  ["ended", { state: "ended" }, (one) => one.endedAt !== null],
  ["expired", { state: "expired" }, (one) => !one.endedAt && silent(one)],
  ["category", { category: "dispute" }, ({ category }) => category === "dispute"],
  ["held", { hold: "held" }, ({ heldAt }) => heldAt !== null],
  ["not held", { hold: "free" }, ({ heldAt }) => heldAt === null],
  ["kept apart", { apart: "1" }, ({ shelf }) => shelf === "law-2029-11"],
  ["first", { visit: "first" }, ({ returning }) => !returning],
  ["again", { visit: "again" }, ({ returning }) => returning],
  ["due day", { due: "2026-11-22" }, ({ dueOn }) => dueOn === "2026-11-22"],
  ["overdue", { overdue: "1" }, ({ dueOn }) => dueOn !== null && dueOn <= "2026-11-17"],
  ["user", { user: String(7).padStart(32, "0") }, ({ user }) => Number(user) === 7],
  [
    "several at once",
    { state: "ended", category: "general", place: "known" },
    (one) => one.endedAt !== null && one.category === "general" && one.extra === code,
  ],
];

function kstDays(at: Date, from: string, to: string): boolean {
  const on = new Date(at.getTime() + 9 * hour).toISOString().slice(0, 10);
  return on >= from && on <= to;
}

async function walk(filter: TranscriptFilter): Promise<{ forth: string[]; back: string[] }> {
  const forth: string[] = [];
  const pages: string[][] = [];
  let page = await searchTranscripts(company.officer, filter, now);
  for (;;) {
    pages.push(page.items.map(({ id }) => id));
    forth.push(...page.items.map(({ id }) => id));
    if (!page.next) break;
    page = await searchTranscripts(company.officer, { ...filter, after: page.next }, now);
  }
  const back = [...page.items.map(({ id }) => id)];
  while (page.previous) {
    page = await searchTranscripts(company.officer, { ...filter, before: page.previous }, now);
    back.unshift(...page.items.map(({ id }) => id));
  }
  return { forth, back };
}

describe("the list", () => {
  it.each(expectations)("shows each once, forth and back: %s", async (_, filter, fits) => {
    const expected = made
      .filter(fits)
      .sort((a, b) => b.openedAt.getTime() - a.openedAt.getTime() || (a.id < b.id ? 1 : -1))
      .map(({ id }) => id);
    expect(expected.length).toBeGreaterThan(0);
    const { forth, back } = await walk(filter);
    expect(forth).toEqual(expected);
    expect(back).toEqual(expected);
  });

  it("narrows by channel, placement, policy and session", async () => {
    const ids = async (filter: TranscriptFilter) => new Set((await walk(filter)).forth);
    expect(await ids({ channel: second })).toEqual(
      new Set(made.filter(({ channel }) => channel === second).map(({ id }) => id)),
    );
    expect(await ids({ placement: placementId })).toEqual(
      new Set(made.filter(({ extra }) => extra === code).map(({ id }) => id)),
    );
    expect(await ids({ policy: policyId })).toEqual(new Set(made.filter(({ version }) => version).map(({ id }) => id)));
    const [one] = made;
    expect(await ids({ session: one?.id })).toEqual(new Set([one?.id]));
  });

  it("takes anything in an address for no condition", () => {
    const junk = { channel: "x", state: "gone", user: "MZjEVK4x18_V", due: "2026-02-30", after: ["a"], overdue: "yes" };
    expect(Object.values(transcriptFilterSchema.parse(junk)).filter((value) => value !== undefined)).toEqual([]);
  });
});

describe("a search", () => {
  it("leaves one access record with the filter and the ids shown; the same page again leaves none", async () => {
    await company.mark();
    const started = new Date();
    const at = new Date();
    const filter: TranscriptFilter = { category: "payment", channel: second };
    const page = await searchTranscripts(company.auditor, filter, at);
    const records = await company.accesses(started);
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({
      action: "search",
      subject: "",
      actor_id: company.auditor.personId,
      count: page.items.length,
    });
    expect(JSON.parse(records[0].detail)).toEqual({ filter, ids: page.items.map(({ id }) => id) });
    await company.expectOneEvent("transcript.searched", company.ours);
    await searchTranscripts(company.auditor, filter, at);
    expect(await company.accesses(started)).toHaveLength(1);
    await searchTranscripts(company.auditor, { ...filter, after: page.next ?? "" }, at);
    expect(await company.accesses(started)).toHaveLength(2);
    await searchTranscripts(company.officer, filter, at);
    expect(await company.accesses(started)).toHaveLength(3);
    await searchTranscripts(company.auditor, {}, at);
    expect(await company.accesses(started)).toHaveLength(3);
  });

  it("finds a user by the exact user_key, which goes no further than its handle", async () => {
    await company.consult();
    await company.mark();
    const started = new Date();
    const found = await findTranscripts(company.officer, { key: saidUserKey }, new Date());
    const user = userHandle(company.ours, company.channelId, saidUserKey).toString("hex");
    expect(found).toEqual({ filter: { channel: company.channelId, user } });
    const event = await company.expectOneEvent("transcript.found", company.ours);
    const records = await company.accesses(started);
    expect(records.map(({ action }) => action)).toEqual(["find"]);
    expect(JSON.stringify([event, records])).not.toContain(saidUserKey);
    await searchTranscripts(company.officer, { channel: company.channelId, user }, new Date());
    expect(await company.accesses(started)).toHaveLength(1);
    for (const key of [saidUserKey.toLowerCase(), "nobody", "가나다"])
      expect(await findTranscripts(company.officer, { key }, new Date())).toEqual({ filter: null, why: "none" });
    expect(await findTranscripts(company.officer, { key: saidUserKey, channel: second }, new Date())).toEqual({
      filter: null,
      why: "none",
    });
    expect(await findTranscripts(company.officer, { key: made[0]?.id ?? "" }, new Date())).toEqual({
      filter: { session: made[0]?.id },
    });
    await searchTranscripts(company.officer, { session: made[0]?.id }, new Date());
    const named = (await company.accesses(started)).flatMap(({ detail }) => JSON.parse(detail).filter.session ?? []);
    expect(named).toEqual(named.map(() => expect.stringMatching(/^[0-9a-f]{32}$/)));
    expect(named).toHaveLength(1);
    expect(await findTranscripts(company.strangeOfficer, { key: saidUserKey }, new Date())).toEqual({
      filter: null,
      why: "none",
    });
  });

  it("is refused to administrators and marketers, and shows another organization nothing", async () => {
    await company.mark();
    for (const actor of [company.admin, company.marketer])
      await expect(searchTranscripts(actor, {}, now)).rejects.toThrow(Forbidden);
    expect((await searchTranscripts(company.strangeOfficer, {}, now)).items).toEqual([]);
    await company.expectNoEvent();
  });
});
