import { createHash, randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Actor, JobActor, PersonActor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { closeDatabase } from "@/lib/db/client";
import { Forbidden, NotFound } from "@/lib/errors";
import type { Fetched } from "@/lib/outbound";
import { listWaiting } from "@/lib/today/queries/list-waiting";
import type { Role } from "@/prisma/generated/enums";
import { importProfile } from "./commands/import-profile";
import { openChannel } from "./commands/open-channel";
import { runCheck } from "./commands/run-check";
import { checkChannels } from "./jobs";
import { newestAnswers } from "./queries/check-answers";
import { getSenderProfile, listChecks } from "./queries/list-checks";
import { openChannelSchema } from "./schema";

const ours = randomUUID();
const theirs = randomUUID();
const actor = (role: Role, organizationId = ours): PersonActor => ({
  ...{ kind: "person", personId: randomUUID(), organizationId, role, signInId: randomUUID(), address: "192.0.2.1" },
});
const admin = actor("CLIENT_ADMIN");
const officer = actor("COMPLIANCE_OFFICER");
const stranger = actor("CLIENT_ADMIN", theirs);
let owner: pg.Client;
let serial = 0;

beforeAll(async () => {
  owner = new pg.Client({ connectionString: process.env.DATABASE_URL, options: "-c timezone=UTC" });
  await owner.connect();
  for (const [id, slug] of [
    [ours, "ours"],
    [theirs, "theirs"],
  ])
    await owner.query("INSERT INTO organizations (id, slug, name) VALUES ($1, $2, '주식회사 한결생활')", [id, slug]);
  for (const { personId, organizationId, role } of [admin, officer, stranger]) {
    await owner.query("INSERT INTO persons (id, email, name) VALUES ($1::uuid, $1::uuid || '@x.example', $2)", [
      personId,
      role,
    ]);
    await owner.query("INSERT INTO memberships (organization_id, person_id, role) VALUES ($1, $2, $3)", [
      ...[organizationId, personId, role],
    ]);
  }
});
afterAll(async () => {
  await owner.end();
  await closeDatabase();
});

let events = 0;
const countEvents = async () =>
  Number((await owner.query("SELECT count(*) FROM audit_events WHERE action <> 'access.denied'")).rows[0].count);
beforeEach(async () => {
  events = await countEvents();
});

async function opened(more: object = {}, by: Actor = admin): Promise<{ id: string; searchId: string }> {
  serial += 1;
  const searchId = `channel${serial}`;
  const input = openChannelSchema.parse({ searchId, name: "한결생활", dealer: "infobank", ...more });
  const id = await openChannel(by, input);
  events = await countEvents();
  return { id, searchId };
}
const profile = (searchId: string, more: object = {}) =>
  JSON.stringify({
    code: "200",
    data: {
      ...{ senderKey: "ab".repeat(20), uuid: `@${searchId}`, name: "한결생활", status: "A", profileStatus: "A" },
      ...{ block: false, dormant: false, businessProfile: true, bizchat: true, committalCompanyName: "(주)한결생활" },
      ...{ unsubscribePhoneNumber: "080-1234-5678", ...more },
    },
  });
const answersOf = async (id: string, who: Actor = admin) =>
  (await read(who, "channel:read", (tx) => newestAnswers(tx, [id]))).get(id) ?? [];
const told = async (id: string) => Object.fromEntries((await answersOf(id)).map(({ item, answer }) => [item, answer]));

const policy = (names: string) =>
  `<h1>개인정보 처리방침</h1><p>${"개인정보를 소중히 지킵니다. ".repeat(30)}</p><p>${names}</p>`;
const page = (text: string, status = 200): Fetched => ({
  ...{
    ok: true,
    status,
    type: "text/html",
    text,
    address: "https://shop.example.kr/privacy",
    bytes: text.length,
    tookMs: 5,
  },
  sha256: createHash("sha256").update(text).digest("hex"),
});
const failed: Fetched = { ok: false, failure: "timeout", address: "https://shop.example.kr/privacy", tookMs: 5_000 };
const withPolicy = { privacyUrl: "https://shop.example.kr/privacy" };

describe("importProfile", () => {
  it("keeps known facts with time and digest of exactly what came, and one event", async () => {
    const { id, searchId } = await opened();
    const text = profile(searchId);
    const check = await importProfile(officer, { channelId: id, file: new File([text], "profile.json") });
    expect((await countEvents()) - events).toBe(1);
    const { rows } = await owner.query(
      "SELECT action, target_id, body FROM audit_events WHERE action = 'channel.checked' ORDER BY at DESC LIMIT 1",
    );
    const sha256 = createHash("sha256").update(text).digest("hex");
    expect(rows[0]).toMatchObject({ action: "channel.checked", target_id: id });
    expect(JSON.parse(rows[0].body)).toMatchObject({
      check,
      kind: "sender-profile",
      yes: 4,
      no: 0,
      unknown: 1,
      sha256,
    });
    const seen = await getSenderProfile(admin, id);
    expect(seen).toMatchObject({
      format: "happytalk",
      sha256,
      bytes: Buffer.byteLength(text),
      by: "COMPLIANCE_OFFICER",
    });
    expect(seen?.facts).toContainEqual({ name: "businessProfile", value: "true", verdict: "yes" });
    const kept = await owner.query("SELECT facts::text || answers::text AS all FROM channel_checks WHERE id = $1", [
      check,
    ]);
    expect(kept.rows[0].all).not.toContain("080-1234");
    expect(await told(id)).toEqual({
      opened: "yes",
      business: "yes",
      dealer: "yes",
      contract: "yes",
      category: "unknown",
    });
  });
  it("takes the organization's name, or the channel's own consignor where it has one", async () => {
    const { id, searchId } = await opened({ consignorName: "한결물산" });
    await importProfile(admin, { channelId: id, profile: profile(searchId) });
    expect(await told(id)).toMatchObject({ dealer: "no" });
    await importProfile(admin, { channelId: id, profile: profile(searchId, { committalCompanyName: "㈜ 한결 물산" }) });
    expect(await told(id)).toMatchObject({ dealer: "yes" });
    expect((await listChecks(admin, id))?.items).toHaveLength(2);
  });
  it("answers bad input beside the field and keeps nothing of it", async () => {
    const { id, searchId } = await opened();
    const bad: [object, string][] = [
      [{}, "profileNone"],
      [{ profile: "nothing" }, "profileJson"],
      [{ profile: profile("other") }, "profileOther"],
      [{ file: new File([new Uint8Array([0xff, 0xfe])], "a.json") }, "profileJson"],
      [{ profile: profile(searchId, { name: "가".repeat(30_000) }) }, "profileLarge"],
    ];
    for (const [input, key] of bad)
      await expect(importProfile(admin, { channelId: id, ...input })).rejects.toMatchObject({
        ...{ key: `channels.refused.${key}`, field: "profile" },
      });
    expect(await countEvents()).toBe(events);
    expect((await listChecks(admin, id))?.items).toEqual([]);
  });
  it("refuses other roles, and finds no foreign channel", async () => {
    const { id, searchId } = await opened();
    const input = { channelId: id, profile: profile(searchId) };
    for (const role of ["MARKETER", "AUDITOR"] as const)
      await expect(importProfile(actor(role), input)).rejects.toBeInstanceOf(Forbidden);
    await expect(importProfile(stranger, input)).rejects.toEqual(new NotFound());
    await expect(importProfile(admin, { ...input, channelId: randomUUID() })).rejects.toEqual(new NotFound());
    await expect(importProfile(admin, { ...input, channelId: "none" })).rejects.toEqual(new NotFound());
    expect(await countEvents()).toBe(events);
    expect(await listChecks(stranger, id)).toBeNull();
    expect(await answersOf(id, stranger)).toEqual([]);
  });
});

describe("runCheck", () => {
  it("reads the pages the channel has, one event each", async () => {
    const { id } = await opened({ ...withPolicy, publicId: "_xhGkLb" });
    const asked: string[] = [];
    const read = async (address: string) => {
      asked.push(address);
      return address.includes("pf.kakao.com")
        ? { ...page("<title>한결생활</title>"), address }
        : page(policy("인포뱅크, (주)카카오"));
    };
    expect(await runCheck(admin, { channelId: id }, read)).toBe(2);
    expect(asked.sort()).toEqual(["https://pf.kakao.com/_xhGkLb", "https://shop.example.kr/privacy"]);
    expect((await countEvents()) - events).toBe(2);
    expect(await told(id)).toEqual({ "home-public": "yes", opened: "yes", "privacy-policy": "yes" });
    await expect(runCheck(admin, { channelId: id }, read)).rejects.toMatchObject({
      key: "channels.refused.checkedJustNow",
    });
  });
  it("keeps what it could not tell, with why; what was known before counts on", async () => {
    const { id } = await opened(withPolicy);
    const input = { channelId: id, kind: "privacy-policy" } as const;
    const again = () => owner.query("UPDATE channel_checks SET at = at - interval '1 day' WHERE channel_id = $1", [id]);
    await runCheck(admin, input, async () => failed);
    expect(await told(id)).toEqual({ "privacy-policy": "unknown" });
    await again();
    await runCheck(admin, input, async () => page(policy("인포뱅크, (주)카카오")));
    await again();
    await runCheck(admin, input, async () => failed);
    expect(await told(id)).toEqual({ "privacy-policy": "yes" });
    const newest = (await listChecks(admin, id))?.newest[0];
    expect(newest).toMatchObject({
      failure: "timeout",
      sha256: null,
      answers: [{ answer: "unknown", known: { answer: "yes" } }],
    });
  });
  it("says on Today when yes became no, until it is yes again", async () => {
    const { id, searchId } = await opened(withPolicy);
    const input = { channelId: id, kind: "privacy-policy" } as const;
    const run = async (names: string) => {
      await owner.query("UPDATE channel_checks SET at = at - interval '1 day' WHERE channel_id = $1", [id]);
      await runCheck(admin, input, async () => page(policy(names)));
      return (await listWaiting(admin, new Date())).filter((thing) => thing.id === `check:${id}`);
    };
    expect(await run("인포뱅크")).toEqual([]);
    expect(await run("인포뱅크 (주)카카오")).toEqual([]);
    expect(await run("인포뱅크")).toMatchObject([
      { kind: "checkFailed", subject: `@${searchId}`, values: { count: 1 } },
    ]);
    expect(await run("인포뱅크")).toHaveLength(1);
    expect(await run("인포뱅크 (주)카카오")).toEqual([]);
  });
  it("refuses what has no page, other roles, and foreign channels", async () => {
    const { id } = await opened();
    const never = async () => Promise.reject(new Error("asked"));
    await expect(runCheck(admin, { channelId: id }, never)).rejects.toMatchObject({ key: "channels.refused.noPage" });
    await expect(runCheck(actor("MARKETER"), { channelId: id }, never)).rejects.toBeInstanceOf(Forbidden);
    await expect(runCheck(stranger, { channelId: id }, never)).rejects.toEqual(new NotFound());
    await expect(runCheck(admin, { channelId: "x" }, never)).rejects.toEqual(new NotFound());
    expect(await countEvents()).toBe(events);
  });
  it("holds no transaction while it waits for a page", async () => {
    const { id } = await opened(withPolicy);
    let open = -1;
    await runCheck(admin, { channelId: id }, async () => {
      const { rows } = await owner.query(
        "SELECT count(*) n FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'",
      );
      open = Number(rows[0].n);
      return failed;
    });
    expect(open).toBe(0);
  });
  it("cannot be rewritten by the application", async () => {
    const app = new pg.Client({ connectionString: process.env.DATABASE_APP_URL });
    await app.connect();
    for (const statement of ["UPDATE channel_checks SET answers = '[]'", "DELETE FROM channel_checks"])
      await expect(app.query(statement)).rejects.toThrow(/permission denied/);
    await app.end();
  });
});

describe("checkChannels", () => {
  const clerk: JobActor = { kind: "job", name: "channel-checks", organizationId: theirs };
  const now = new Date();
  it("reads every page once a day, few at once, past what is ended, and goes on where it was cut off", async () => {
    const ids: string[] = [];
    for (let at = 0; at < 6; at += 1) ids.push((await opened({ ...withPolicy, publicId: `_pub${at}` }, stranger)).id);
    await opened({}, stranger);
    const [over = "", tomorrow = ""] = ids;
    for (const [id, days] of [
      [over, -2],
      [tomorrow, 2],
    ] as const)
      await owner.query(
        "INSERT INTO channel_ends (channel_id, organization_id, ends_on, person_id) VALUES ($1, $2, current_date + $3::int, $4)",
        [id, theirs, days, stranger.personId],
      );
    let running = 0;
    let most = 0;
    let asked = 0;
    const slow = async (address: string): Promise<Fetched> => {
      asked += 1;
      if (asked === 4) throw new Error("cut off");
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return { ...failed, address };
    };
    await expect(checkChannels(clerk, now, slow)).rejects.toThrow("cut off");
    expect(running).toBe(0);
    expect(await checkChannels(clerk, now, slow)).toMatch(/channels, \d+ pages$/);
    expect(most).toBeLessThanOrEqual(4);
    const { rows } = await owner.query(
      "SELECT channel_id AS id, kind, person_id AS person, count(*)::int AS n FROM channel_checks WHERE organization_id = $1 GROUP BY 1, 2, 3",
      [theirs],
    );
    expect(rows).toHaveLength(10);
    expect(rows.every((row) => row.n === 1 && row.person === null && row.id !== over)).toBe(true);
    const before = asked;
    expect(await checkChannels(clerk, now, slow)).toBe("0 channels, 0 pages");
    expect(asked).toBe(before);
  });
});
