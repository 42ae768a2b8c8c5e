// Holds: four scopes, two people for a release, one event each; the longest of several wins, and nothing that is held is destroyed.
import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { addDays, kstDay, kstDayStart } from "@/lib/clock";
import { closeDatabase } from "@/lib/db/client";
import { Conflict, Forbidden, NotFound, Refused } from "@/lib/errors";
import { userHandle } from "@/lib/keyring";
import { openTestCompany, type TestCompany } from "@/lib/test-company";
import { editHold } from "./commands/edit-hold";
import { placeHold } from "./commands/place-hold";
import { approveRelease, declineRelease, requestRelease, withdrawRelease } from "./commands/release-hold";
import { getHold, holdsOfSession, listHeldSessions } from "./queries/get-hold";
import { notHeld } from "./queries/hold-coverage";
import { listActiveHolds, listHolds } from "./queries/list-holds";
import { listHoldsSchema, type PlaceHold, placeHoldSchema } from "./schema/hold";

let company: TestCompany;
let channelId: string;
let connectionId: string;
const now = () => new Date();
const today = kstDay(now());

beforeAll(async () => {
  company = await openTestCompany();
  channelId = (await company.opened()).id;
  connectionId = await connect(company.ours, channelId);
});
afterAll(async () => {
  await company.owner.end();
  await closeDatabase();
});
beforeEach(() => company.mark());

async function connect(organizationId: string, channel: string): Promise<string> {
  const id = randomUUID();
  await company.owner.query(
    "INSERT INTO dealer_connections (id, organization_id, channel_id, format, created_by) VALUES ($1, $2, $3, 'canonical', 'test')",
    [id, organizationId, channel],
  );
  return id;
}

type Made = { userKey?: string; openedAt?: Date; dueOn?: string | null; channel?: string };

/** A consultation that ended, with its number. */
async function session({
  userKey = randomUUID().slice(0, 12),
  openedAt = now(),
  dueOn = null,
  channel = channelId,
}: Made = {}) {
  const id = randomUUID();
  const externalId = `x${randomBytes(5).toString("hex")}`;
  await company.owner.query(
    `INSERT INTO consult_sessions (id, organization_id, channel_id, connection_id, external_id, user_handle, user_sealed, opened_by, opened_at, ended_at, due_on)
     VALUES ($1, $2, $3, $4, $5, $6, '\\x00', 'message', $7, $7, $8)`,
    [id, company.ours, channel, connectionId, externalId, userHandle(company.ours, channel, userKey), openedAt, dueOn],
  );
  return { id, externalId };
}

const said = () => ({
  ...{ title: "소비자원 분쟁조정", reason: "분쟁조정 절차가 끝날 때까지" },
  ...{ ownerId: company.officer.personId, reviewOn: addDays(today, 30) },
});
const place = (given: Omit<PlaceHold, keyof ReturnType<typeof said>>, more: object = {}) =>
  placeHold(company.officer, placeHoldSchema.parse({ ...said(), ...given, ...more }));
/** By the view, and a destruction's own condition must say the same. */
async function heldBy(sessionId: string): Promise<string[]> {
  const { rows } = await company.owner.query("SELECT hold_id FROM held_sessions WHERE session_id = $1", [sessionId]);
  const free = await company.owner.query(`SELECT FROM consult_sessions s WHERE s.id = $1 AND ${notHeld.sql}`, [
    sessionId,
  ]);
  expect(free.rowCount).toBe(rows.length === 0 ? 1 : 0);
  return rows.map((row: { hold_id: string }) => row.hold_id);
}
async function release(holdId: string) {
  const { version } = await view(holdId);
  const releaseId = await requestRelease(company.officer, { holdId, version, reason: "절차가 끝났습니다" });
  const hash = (await view(holdId)).releases[0]?.hash ?? "";
  await approveRelease(company.admin, { releaseId, hash, note: "" });
}
async function view(holdId: string) {
  const hold = await getHold(company.auditor, holdId);
  if (!hold) throw new Error("The hold is gone");
  return hold;
}

describe("placing a hold", () => {
  it("holds one consultation, by its id or the dealer's number, and counts from LH-01", async () => {
    const { id, externalId } = await session();
    const first = await place({ scope: "session", session: id });
    const { body } = await company.expectOneEvent("hold.placed", first.id);
    expect(JSON.parse(body)).toMatchObject({ number: first.number, scope: "session", session: id, covered: 1 });
    expect(body).not.toContain("분쟁");
    const second = await place({ scope: "session", session: externalId });
    expect(second.number).toBe(first.number + 1);
    expect((await heldBy(id)).sort()).toEqual([first.id, second.id].sort());
    expect((await holdsOfSession(company.auditor, id)).map(({ number }) => number)).toEqual([
      first.number,
      second.number,
    ]);
  });

  it("holds a user by a keyed handle, also what comes later; the user_key itself is nowhere (P-71)", async () => {
    const userKey = "MZjEVK4x18_V";
    const before = await session({ userKey });
    const other = await session({ userKey: "mzjevk4x18_v" });
    const { id, covered } = await place({ scope: "user", channelId, userKey });
    const entry = await company.expectOneEvent("hold.placed", id);
    const later = await session({ userKey, openedAt: new Date(Date.now() + 60_000) });
    expect(covered).toBe(1);
    expect(await heldBy(before.id)).toEqual([id]);
    expect(await heldBy(later.id)).toEqual([id]);
    expect(await heldBy(other.id)).toEqual([]);
    const stored = await company.owner.query("SELECT h::text AS text FROM holds h WHERE id = $1", [id]);
    expect(stored.rows[0].text + entry.body).not.toContain(userKey);
  });

  it("holds a period by KST days, both included, to the millisecond", async () => {
    const [from, to] = ["2026-03-01", "2026-03-31"] as const;
    const inside = [kstDayStart(from), new Date(kstDayStart("2026-04-01").getTime() - 1)];
    const outside = [new Date(kstDayStart(from).getTime() - 1), kstDayStart("2026-04-01")];
    const held = await Promise.all(inside.map((openedAt) => session({ openedAt })));
    const free = await Promise.all(outside.map((openedAt) => session({ openedAt })));
    const { id, covered } = await place({ scope: "period", openedFrom: from, openedTo: to });
    expect(covered).toBe(2);
    for (const one of held) expect(await heldBy(one.id)).toEqual([id]);
    for (const one of free) expect(await heldBy(one.id)).toEqual([]);
    const page = await listHeldSessions(company.auditor, await view(id), {});
    expect(page.items.map((one) => one.id).sort()).toEqual(held.map((one) => one.id).sort());
  });

  it("holds a channel, and what is listed is what the view says", async () => {
    const channel = (await company.opened()).id;
    const mine = await session({ channel });
    const { id, covered } = await place({ scope: "channel", channelId: channel });
    expect(covered).toBe(1);
    expect(await heldBy(mine.id)).toEqual([id]);
    expect((await view(id)).sessions).toBe(1);
    const page = await listHolds(company.auditor, listHoldsSchema.parse({ state: "active" }), now());
    expect(page.items.find((one) => one.id === id)).toMatchObject({ sessions: 1, more: false, state: "active" });
    expect((await listActiveHolds(company.admin)).length).toBeLessThanOrEqual(10);
  });

  it("answers for a consultation that is not there, or is another company's, alike", async () => {
    const elsewhere = randomUUID();
    const theirChannel = randomUUID();
    await company.owner.query("INSERT INTO channels (id, organization_id, search_id, name) VALUES ($1, $2, $3, 'x')", [
      ...[theirChannel, company.theirs, `t${theirChannel.slice(0, 8)}`],
    ]);
    const theirConnection = await connect(company.theirs, theirChannel);
    await company.owner.query(
      `INSERT INTO consult_sessions (id, organization_id, channel_id, connection_id, external_id, user_handle, user_sealed, opened_by, opened_at)
       VALUES ($1, $2, $3, $4, 'theirs', '\\x01', '\\x00', 'message', now())`,
      [elsewhere, company.theirs, theirChannel, theirConnection],
    );
    for (const given of [elsewhere, randomUUID(), "theirs", "없는 번호"])
      await expect(place({ scope: "session", session: given })).rejects.toThrow(
        new Conflict("retention.holds.refused.sessionGone"),
      );
    await expect(place({ scope: "channel", channelId: theirChannel })).rejects.toThrow(Refused);
    await company.expectNoEvent();
  });

  it("refuses a review day that is not ahead, an owner who is nobody here, and half a scope", async () => {
    const { id } = await session();
    const given = { scope: "session", session: id } as const;
    await expect(place(given, { reviewOn: today })).rejects.toThrow(
      new Refused("retention.holds.refused.reviewPast", "reviewOn"),
    );
    await expect(place(given, { reviewOn: addDays(today, 732) })).rejects.toThrow(Refused);
    for (const ownerId of [company.marketer.personId, company.stranger.personId, randomUUID()])
      await expect(place(given, { ownerId })).rejects.toThrow(new Refused("retention.holds.refused.owner", "ownerId"));
    const half = placeHoldSchema.safeParse({ ...said(), scope: "user", channelId });
    expect(half.error?.issues.map(({ path }) => path[0])).toEqual(["userKey"]);
    await company.expectNoEvent();
  });

  it("is the officer's alone, and seen by nobody elsewhere", async () => {
    const { id: sessionId } = await session();
    const given = placeHoldSchema.parse({ ...said(), scope: "session", session: sessionId });
    for (const who of [company.admin, company.marketer, company.auditor])
      await expect(placeHold(who, given)).rejects.toThrow(Forbidden);
    const { id } = await place({ scope: "session", session: sessionId });
    expect(await getHold(company.strangeOfficer, id)).toBeNull();
    await expect(getHold(company.marketer, id)).rejects.toThrow(Forbidden);
  });
});

describe("releasing a hold", () => {
  const held = async () => {
    const { id: sessionId } = await session();
    const hold = await place({ scope: "session", session: sessionId });
    return { sessionId, holdId: hold.id };
  };
  const asked = async () => {
    const { sessionId, holdId } = await held();
    const releaseId = await requestRelease(company.officer, { holdId, version: 1, reason: "절차가 끝났습니다" });
    const hash = (await view(holdId)).releases[0]?.hash ?? "";
    await company.mark();
    return { sessionId, holdId, releaseId, hash };
  };

  it("needs a second person, binds the hash, and leaves one event each", async () => {
    const { sessionId, holdId, releaseId, hash } = await asked();
    expect((await view(holdId)).state).toBe("asked");
    expect(await heldBy(sessionId)).toEqual([holdId]);
    await expect(approveRelease(company.officer, { releaseId, hash, note: "" })).rejects.toThrow(Forbidden);
    await expect(approveRelease(company.admin, { releaseId, hash: "0".repeat(64), note: "" })).rejects.toThrow(
      Conflict,
    );
    await company.expectNoEvent();
    await approveRelease(company.admin, { releaseId, hash, note: "" });
    await company.expectOneEvent("hold.release-approved", holdId);
    expect(await heldBy(sessionId)).toEqual([]);
    await expect(approveRelease(company.second, { releaseId, hash, note: "" })).rejects.toThrow(Conflict);
    await expect(requestRelease(company.officer, { holdId, version: 1, reason: "다시 풀기" })).rejects.toThrow(Refused);
  });

  it("refuses whoever asked, also with another role by then (P-23)", async () => {
    const { releaseId, hash } = await asked();
    const risen = { ...company.officer, role: "CLIENT_ADMIN" as const };
    await expect(approveRelease(risen, { releaseId, hash, note: "" })).rejects.toThrow(
      new Refused("retention.holds.refused.samePerson"),
    );
    await expect(declineRelease(risen, { releaseId, hash, note: "안 됩니다" })).rejects.toThrow(Refused);
  });

  it("is void once the hold was changed, and can then be declined or withdrawn", async () => {
    const { holdId, releaseId, hash } = await asked();
    await editHold(company.officer, { holdId, version: 1, ...said(), reviewOn: addDays(today, 60) });
    expect((await view(holdId)).releases[0]?.void).toBe(true);
    await expect(approveRelease(company.admin, { releaseId, hash, note: "" })).rejects.toThrow(
      new Conflict("retention.holds.refused.changed"),
    );
    await company.mark();
    await declineRelease(company.admin, { releaseId, hash, note: "다시 요청하십시오" });
    await company.expectOneEvent("hold.release-declined", holdId);
    const again = await requestRelease(company.officer, { holdId, version: 2, reason: "절차가 끝났습니다" });
    await expect(requestRelease(company.officer, { holdId, version: 2, reason: "한 번 더" })).rejects.toThrow(Refused);
    await withdrawRelease(company.officer, { releaseId: again });
    expect((await view(holdId)).state).toBe("active");
  });

  it("leaves what another hold covers (P-71)", async () => {
    const userKey = "TwoHolds_01";
    const { id } = await session({ userKey, dueOn: addDays(today, -10) });
    const one = await place({ scope: "session", session: id });
    const two = await place({ scope: "user", channelId, userKey });
    await release(one.id);
    expect(await heldBy(id)).toEqual([two.id]);
    await release(two.id);
    expect(await heldBy(id)).toEqual([]);
  });

  it("is not found elsewhere", async () => {
    const { holdId, releaseId, hash } = await asked();
    await expect(approveRelease(company.stranger, { releaseId, hash, note: "" })).rejects.toThrow(NotFound);
    await expect(requestRelease(company.strangeOfficer, { holdId, version: 1, reason: "남의 것" })).rejects.toThrow(
      NotFound,
    );
    await company.expectNoEvent();
  });
});

describe("editing a hold", () => {
  it("makes a version, refuses a stale one and one that says nothing new", async () => {
    const { id: sessionId } = await session();
    const { id: holdId } = await place({ scope: "session", session: sessionId });
    await company.mark();
    await expect(editHold(company.officer, { holdId, version: 1, ...said() })).rejects.toThrow(
      new Refused("retention.holds.refused.unchanged"),
    );
    await editHold(company.officer, { holdId, version: 1, ...said(), title: "의자 결함 소송" });
    const { body } = await company.expectOneEvent("hold.edited", holdId);
    expect(JSON.parse(body)).toMatchObject({ version: 2, fields: ["title"] });
    await expect(editHold(company.officer, { holdId, version: 1, ...said() })).rejects.toThrow(Conflict);
    await expect(editHold(company.admin, { holdId, version: 2, ...said() })).rejects.toThrow(Forbidden);
    await expect(editHold(company.strangeOfficer, { holdId, version: 2, ...said() })).rejects.toThrow(NotFound);
  });

  it("finds holds by number, title and state, and pages through them", async () => {
    const { id: sessionId } = await session();
    const made = await place({ scope: "session", session: sessionId }, { title: "찾기 100%" });
    const find = async (filter: object) =>
      (await listHolds(company.auditor, listHoldsSchema.parse(filter), now())).items;
    expect((await find({ q: `LH-${made.number}` })).map(({ id }) => id)).toEqual([made.id]);
    expect((await find({ q: "100%" })).map(({ id }) => id)).toEqual([made.id]);
    await company.owner.query("UPDATE holds SET review_on = $2 WHERE id = $1", [made.id, today]);
    expect((await find({ state: "review" })).map(({ id }) => id)).toEqual([made.id]);
    for (let n = 0; n < 51; n += 1) await place({ scope: "session", session: sessionId });
    const first = await listHolds(company.auditor, listHoldsSchema.parse({}), now());
    const second = await listHolds(company.auditor, listHoldsSchema.parse({ after: first.next }), now());
    const back = await listHolds(company.auditor, listHoldsSchema.parse({ before: second.previous }), now());
    expect(first.items).toHaveLength(50);
    expect(second.items.some(({ id }) => first.items.some((one) => one.id === id))).toBe(false);
    expect(back.items.map(({ id }) => id)).toEqual(first.items.map(({ id }) => id));
  });
});
