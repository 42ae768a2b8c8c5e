import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Actor, PersonActor } from "@/lib/auth/actor";
import { addDays, kstDay } from "@/lib/clock";
import { closeDatabase } from "@/lib/db/client";
import { Conflict, Forbidden, NotFound, Refused } from "@/lib/errors";
import type { Role } from "@/prisma/generated/enums";
import { createPlacement, editPlacement, retirePlacements } from "./commands";
import { getPlacement, getPlacementByCode, listPlacementEvents, listPlacements } from "./queries";
import { placementStatus } from "./rules";
import { createPlacementSchema, placementFiltersSchema, placementStates } from "./schema";

const ours = randomUUID();
const theirs = randomUUID();
const person = (role: Role, organizationId = ours): PersonActor => ({
  kind: "person",
  personId: randomUUID(),
  organizationId,
  role,
  signInId: randomUUID(),
  address: "192.0.2.1",
});
const admin = person("CLIENT_ADMIN");
const officer = person("COMPLIANCE_OFFICER");
const marketer = person("MARKETER");
const auditor = person("AUDITOR");
const stranger = person("CLIENT_ADMIN", theirs);
const operator: Actor = { kind: "operator", name: "ops", organizationId: ours };
const channels = {
  live: randomUUID(),
  preparing: randomUUID(),
  ending: randomUUID(),
  ended: randomUUID(),
  theirs: randomUUID(),
};
const today = kstDay(new Date());
let owner: pg.Client;
let serial = 0;

beforeAll(async () => {
  owner = new pg.Client({ connectionString: process.env.DATABASE_URL, options: "-c timezone=UTC" });
  await owner.connect();
  for (const [id, slug] of [
    [ours, "ours"],
    [theirs, "theirs"],
  ]) {
    await owner.query("INSERT INTO organizations (id, slug, name) VALUES ($1, $2, $2)", [id, slug]);
  }
  for (const one of [admin, officer, marketer, auditor, stranger]) {
    await owner.query("INSERT INTO persons (id, email, name) VALUES ($1, $2, $3)", [
      one.personId,
      `${one.personId}@x.example`,
      one.role,
    ]);
    await owner.query("INSERT INTO memberships (organization_id, person_id, role) VALUES ($1, $2, $3)", [
      one.organizationId,
      one.personId,
      one.role,
    ]);
  }
  for (const [name, id] of Object.entries(channels)) {
    const organization = name === "theirs" ? theirs : ours;
    await owner.query(
      "INSERT INTO channels (id, organization_id, search_id, name, contact) VALUES ($1, $2, $3, $3, '1588-0000')",
      [id, organization, name],
    );
    if (name !== "preparing") {
      await owner.query("INSERT INTO channel_go_lives (channel_id, organization_id, person_id) VALUES ($1, $2, $3)", [
        id,
        organization,
        admin.personId,
      ]);
    }
  }
  for (const [id, day] of [
    [channels.ending, today],
    [channels.ended, addDays(today, -1)],
  ]) {
    await owner.query(
      "INSERT INTO channel_ends (channel_id, organization_id, ends_on, person_id) VALUES ($1, $2, $3, $4)",
      [id, ours, day, admin.personId],
    );
  }
});
afterAll(async () => {
  await owner.end();
  await closeDatabase();
});

let before = 0;
const countEvents = async () =>
  Number((await owner.query("SELECT count(*) FROM audit_events WHERE action <> 'access.denied'")).rows[0].count);
beforeEach(async () => {
  before = await countEvents();
});
async function expectOneEvent(action: string, targetId: string): Promise<{ body: string; reason: string }> {
  expect((await countEvents()) - before).toBe(1);
  const { rows } = await owner.query(
    "SELECT action, target_id, body, reason FROM audit_events WHERE action <> 'access.denied' ORDER BY at DESC LIMIT 1",
  );
  expect(rows[0]).toMatchObject({ action, target_id: targetId });
  return rows[0];
}
const expectNoEvent = async () => expect(await countEvents()).toBe(before);

const input = (more: object = {}) =>
  createPlacementSchema.parse({ channelId: channels.live, name: `홈 하단 ${serial++}`, medium: "web", ...more });
const filters = (more: object = {}) => placementFiltersSchema.parse(more);
const editOf = (id: string, more: object = {}) => ({
  placementId: id,
  version: 1,
  name: "고친 이름",
  medium: "web" as const,
  site: "",
  location: "결제 완료",
  pageUrl: "",
  campaign: "",
  tags: [],
  startsOn: null,
  endsOn: null,
  mode: "redirect" as const,
  bot: null,
  event: null,
  ownerId: marketer.personId,
  ...more,
});

describe("createPlacement", () => {
  it("makes a placement with a code, owned by whoever made it, and one entry", async () => {
    const { id, code } = await createPlacement(marketer, input({ medium: "offline" }));
    expect(code).toMatch(/^pl_qr_/);
    const { body } = await expectOneEvent("placement.created", id);
    expect(JSON.parse(body)).toEqual({ channelId: channels.live, code, medium: "offline", mode: "redirect" });
    expect(await getPlacement(auditor, id, new Date())).toMatchObject({
      code,
      ownerId: marketer.personId,
      ownerName: "MARKETER",
      presses: Array(28).fill(0),
    });
  });
  it("takes a code of one's own once, for ever, across organizations", async () => {
    const code = `own_${serial++}`;
    const { id } = await createPlacement(admin, input({ code }));
    await expect(createPlacement(admin, input({ code }))).rejects.toMatchObject({
      key: "placements.codeTaken",
      field: "code",
    });
    await retirePlacements(admin, { placementId: [id], reason: "끝" });
    await expect(createPlacement(stranger, input({ code, channelId: channels.theirs }))).rejects.toBeInstanceOf(
      Refused,
    );
  });
  it("refuses personal data, print without redirect, ended channels and owners from elsewhere", async () => {
    await expect(createPlacement(admin, input({ code: "call_01012345678" }))).rejects.toMatchObject({
      key: "placements.codePersonal",
    });
    await expect(createPlacement(admin, input({ medium: "offline", mode: "direct" }))).rejects.toMatchObject({
      key: "placements.printIsRedirect",
    });
    await expect(createPlacement(admin, input({ channelId: channels.ended }))).rejects.toMatchObject({
      key: "placements.channelEnded",
    });
    await expect(createPlacement(admin, input({ ownerId: stranger.personId }))).rejects.toMatchObject({
      key: "placements.ownerUnknown",
    });
    await expectNoEvent();
  });
  it("refuses the officer and the auditor", async () => {
    for (const one of [officer, auditor]) await expect(createPlacement(one, input())).rejects.toBeInstanceOf(Forbidden);
    await expectNoEvent();
  });
  it("does not find another organization's channel, like one that is not there", async () => {
    for (const channelId of [channels.theirs, randomUUID()]) {
      await expect(createPlacement(admin, input({ channelId }))).rejects.toEqual(new NotFound());
    }
    await expectNoEvent();
  });
  it("lets the operator's command make one, owned by a member", async () => {
    const { id } = await createPlacement(operator, input());
    expect((await getPlacement(admin, id, new Date()))?.ownerName).not.toBeNull();
  });
});

describe("what a place is told to be", () => {
  it("keeps page, campaign, tags and period, and finds places by them in two orders", async () => {
    const campaign = `거실전 ${serial++}`;
    for (const name of ["나 둘째", "가 첫째"]) {
      await createPlacement(
        admin,
        input({
          name: `${name} ${campaign}`,
          site: "한결몰",
          pageUrl: `https://WWW.hangyeol.example/${serial++}#top`,
          campaign,
          tags: "매장, #가을,매장,",
          startsOn: "2026-11-01",
          endsOn: "2026-11-30",
        }),
      );
    }
    const found = await listPlacements(auditor, filters({ campaign, tag: "가을" }), new Date());
    expect(found.items.map(({ name }) => name.slice(0, 1))).toEqual(["가", "나"]);
    expect(found.items[0]).toMatchObject({
      site: "한결몰",
      campaign,
      tags: ["매장", "가을"],
      startsOn: "2026-11-01",
      endsOn: "2026-11-30",
    });
    expect(found.items[0]?.pageUrl).toMatch(/^https:\/\/www\.hangyeol\.example\/\d+$/);
    const byName = await listPlacements(auditor, filters({ campaign, sort: "name" }), new Date());
    expect(byName.items.map(({ name }) => name.slice(0, 1))).toEqual(["가", "나"]);
    expect((await listPlacements(auditor, filters({ campaign, tag: "봄" }), new Date())).items).toEqual([]);
    expect((await listPlacements(stranger, filters({ campaign }), new Date())).items).toEqual([]);
  });
  it.each([
    [{ medium: "message" }, "messageIsDirect", "mode"],
    [{ medium: "app", pageUrl: "https://hangyeol.example/" }, "page.onlyWeb", "pageUrl"],
    [{ pageUrl: "https://hangyeol.example/?phone=01012345678" }, "page.personal", "pageUrl"],
    [{ name: "김서연 010-1234-5678" }, "namePersonal", "name"],
    [{ bot: "true", event: "a@hangyeol.example" }, "eventPersonal", "event"],
    [{ startsOn: "2026-11-02", endsOn: "2026-11-01" }, "periodOrder", "endsOn"],
  ])("refuses %j", async (more, key, field) => {
    await expect(createPlacement(admin, input(more))).rejects.toMatchObject({ key: `placements.${key}`, field });
    await expectNoEvent();
  });
  it("lets a message's button be direct", async () => {
    const { code } = await createPlacement(admin, input({ medium: "message", mode: "direct", site: "알림톡" }));
    expect(code).toMatch(/^pl_msg_/);
  });
});

describe("editPlacement", () => {
  it("changes what may change, names the fields in one entry, and keeps the code", async () => {
    const { id, code } = await createPlacement(admin, input());
    before = await countEvents();
    await editPlacement(marketer, editOf(id));
    const { body } = await expectOneEvent("placement.edited", id);
    expect(JSON.parse(body)).toEqual({ changed: ["name", "location", "ownerId"], version: 2 });
    expect(await getPlacement(admin, id, new Date())).toMatchObject({
      name: "고친 이름",
      location: "결제 완료",
      code,
      version: 2,
    });
  });
  it("notices that somebody else was first", async () => {
    const { id } = await createPlacement(admin, input());
    await editPlacement(admin, editOf(id));
    before = await countEvents();
    await expect(editPlacement(admin, editOf(id, { name: "늦은 이름" }))).rejects.toBeInstanceOf(Conflict);
    await expectNoEvent();
  });
  it("refuses a retired one, the officer, and does not find others'", async () => {
    const { id } = await createPlacement(admin, input());
    await retirePlacements(admin, { placementId: [id], reason: "끝" });
    before = await countEvents();
    await expect(editPlacement(admin, editOf(id))).rejects.toMatchObject({ key: "placements.alreadyRetired" });
    await expect(editPlacement(officer, editOf(id))).rejects.toBeInstanceOf(Forbidden);
    await expect(editPlacement(stranger, editOf(id))).rejects.toEqual(new NotFound());
    await expect(editPlacement(stranger, editOf(randomUUID()))).rejects.toEqual(new NotFound());
    await expectNoEvent();
  });
  it("cannot change a code or a channel even where it tries to", async () => {
    const { id } = await createPlacement(admin, input());
    const role = new pg.Client({ connectionString: process.env.DATABASE_APP_URL });
    await role.connect();
    await role.query("SELECT set_config('damso.organization', $1, false)", [ours]);
    await expect(role.query("UPDATE placements SET code = 'other' WHERE id = $1", [id])).rejects.toThrow(
      /permission denied/,
    );
    await expect(role.query("DELETE FROM placements WHERE id = $1", [id])).rejects.toThrow(/permission denied/);
    await expect(
      role.query(
        "INSERT INTO presses (organization_id, placement_id, at, kind, visitor) VALUES ($1, $2, now(), 'press', 'person')",
        [ours, id],
      ),
    ).rejects.toThrow(/permission denied/);
    await role.end();
  });
});

describe("retirePlacements", () => {
  it("takes one down with its reason and one entry", async () => {
    const { id, code } = await createPlacement(admin, input());
    before = await countEvents();
    expect(await retirePlacements(officer, { placementId: [id], reason: "매장 철수" })).toBe(1);
    const { body, reason } = await expectOneEvent("placement.retired", id);
    expect([JSON.parse(body), reason]).toEqual([{ code }, "매장 철수"]);
    expect(await getPlacement(admin, id, new Date())).toMatchObject({ retiredReason: "매장 철수" });
    await expect(retirePlacements(admin, { placementId: [id], reason: "다시" })).rejects.toMatchObject({
      key: "placements.alreadyRetired",
    });
  });
  it("takes many down, one entry each, and none when one is not ours", async () => {
    const made = [await createPlacement(admin, input()), await createPlacement(admin, input())];
    const foreign = await createPlacement(stranger, input({ channelId: channels.theirs }));
    before = await countEvents();
    const ids = made.map(({ id }) => id);
    for (const missing of [foreign.id, randomUUID()]) {
      await expect(retirePlacements(admin, { placementId: [...ids, missing], reason: "끝" })).rejects.toEqual(
        new NotFound(),
      );
    }
    await expectNoEvent();
    expect(await retirePlacements(admin, { placementId: ids, reason: "끝" })).toBe(2);
    expect((await countEvents()) - before).toBe(2);
  });
  it("refuses the auditor", async () => {
    const { id } = await createPlacement(admin, input());
    await expect(retirePlacements(auditor, { placementId: [id], reason: "끝" })).rejects.toBeInstanceOf(Forbidden);
  });
});

describe("listPlacements", () => {
  it("finds each state as the rules derive it", async () => {
    const now = new Date();
    for (const channelId of [channels.preparing, channels.ending]) await createPlacement(admin, input({ channelId }));
    await owner.query(
      "INSERT INTO placements (organization_id, channel_id, code, name, medium, owner_id) VALUES ($1, $2, $3, '남은 버튼', 'web', $4)",
      [ours, channels.ended, `left_${serial++}`, admin.personId],
    );
    for (const state of placementStates) {
      const { items } = await listPlacements(auditor, filters({ state }), now);
      expect(items.length).toBeGreaterThan(0);
      expect(items.every((item) => placementStatus(item, item, now) === state)).toBe(true);
    }
  });
  it("pages forth and back without losing or repeating anything", async () => {
    const mine = person("CLIENT_ADMIN", randomUUID());
    const channel = randomUUID();
    await owner.query("INSERT INTO organizations (id, slug, name) VALUES ($1, 'paged', 'paged')", [
      mine.organizationId,
    ]);
    await owner.query("INSERT INTO channels (id, organization_id, search_id, name) VALUES ($1, $2, 'paged', 'paged')", [
      channel,
      mine.organizationId,
    ]);
    await owner.query(
      `INSERT INTO placements (organization_id, channel_id, code, name, medium, owner_id, created_at)
       SELECT $1, $2, 'page_' || n, 'page ' || n, 'web', $3, timestamptz '2026-01-01' + (n / 3) * interval '1 hour' FROM generate_series(1, 120) n`,
      [mine.organizationId, channel, mine.personId],
    );
    const seen: string[] = [];
    let page = await listPlacements(mine, filters(), new Date());
    expect(page.previous).toBeNull();
    const firstIds = page.items.map(({ id }) => id);
    for (;;) {
      seen.push(...page.items.map(({ id }) => id));
      if (!page.next) break;
      page = await listPlacements(mine, filters({ after: page.next }), new Date());
    }
    expect([seen.length, new Set(seen).size]).toEqual([120, 120]);
    const back = await listPlacements(mine, filters({ before: page.previous }), new Date());
    expect(back.items.map(({ id }) => id)).toEqual(seen.slice(50, 100));
    const first = await listPlacements(mine, filters({ before: back.previous }), new Date());
    expect(first.items.map(({ id }) => id)).toEqual(firstIds);
    expect(first.previous).toBeNull();
    expect((await listPlacements(mine, filters({ q: "PAGE_11" }), new Date())).items).toHaveLength(11);
    expect((await listPlacements(mine, filters({ q: "%" }), new Date())).items).toHaveLength(0);
  });
  it("shows nothing of another organization", async () => {
    const { id, code } = await createPlacement(admin, input());
    expect(await getPlacement(stranger, id, new Date())).toBeNull();
    expect(await getPlacementByCode(stranger, code, new Date())).toBeNull();
    expect(await listPlacementEvents(stranger, id)).toEqual([]);
    expect(await listPlacementEvents(marketer, id)).toHaveLength(1);
  });
});
