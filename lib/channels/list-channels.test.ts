import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addDays, kstDay } from "@/lib/clock";
import { closeDatabase } from "@/lib/db/client";
import { openTestCompany, type TestCompany } from "@/lib/test-company";
import { listChannels } from "./queries/list-channels";
import { type ChannelSort, channelSorts, listChannelsSchema } from "./schema";

const many = 10_000;
const now = new Date();
const today = kstDay(now);
let company: TestCompany;

beforeAll(async () => {
  company = await openTestCompany();
  const { owner, ours, admin } = company;
  // Every name stands twice, a fifth has infobank, a third is live, a tenth ends, a twentieth of those has ended.
  await owner.query(
    `INSERT INTO channels (organization_id, search_id, name, dealer, created_at)
     SELECT $1, 'many' || n, '채널 ' || lpad((n / 2)::text, 5, '0'), CASE WHEN n % 5 = 0 THEN 'infobank' ELSE 'lunasoft' END,
       now() - (n / 3) * interval '1 minute' FROM generate_series(1, $2::int) n`,
    [ours, many],
  );
  await owner.query(
    `INSERT INTO channel_go_lives (channel_id, organization_id, person_id)
     SELECT id, $1, $2 FROM channels WHERE organization_id = $1 AND substr(search_id, 5)::int % 3 = 0`,
    [ours, admin.personId],
  );
  await owner.query(
    `INSERT INTO channel_ends (channel_id, organization_id, ends_on, person_id)
     SELECT id, $1, $3::date + (substr(search_id, 5)::int / 10 % 20) - 1, $2 FROM channels
     WHERE organization_id = $1 AND substr(search_id, 5)::int % 10 = 0`,
    [ours, admin.personId, today],
  );
  await owner.query("ANALYZE channels, channel_go_lives, channel_ends");
}, 60_000);
afterAll(async () => {
  await company.owner.end();
  await closeDatabase();
});

const filter = (more: object = {}) => listChannelsSchema.parse(more);
const place: Record<ChannelSort, (row: { createdAt: Date; name: string; endsOn: string | null }) => string> = {
  newest: (row) => String(9e15 - row.createdAt.getTime()),
  name: (row) => row.name,
  "last-day": (row) => row.endsOn ?? "infinity",
};

/** All pages of a list forwards; the first of each is reached again from the page behind it. */
async function walk(more: object) {
  const rows: Awaited<ReturnType<typeof listChannels>>["items"] = [];
  let after: string | undefined;
  let slowest = 0;
  for (;;) {
    const begun = performance.now();
    const page = await listChannels(company.admin, filter({ ...more, after }), now);
    slowest = Math.max(slowest, performance.now() - begun);
    expect(page.items.length).toBeLessThanOrEqual(50);
    if (after !== undefined && rows.length === 50) {
      const back = await listChannels(company.admin, filter({ ...more, before: page.previous }), now);
      expect(back.items.map((row) => row.id)).toEqual(rows.map((row) => row.id));
      expect(back.previous).toBe(null);
    }
    rows.push(...page.items);
    if (page.next === null) return { rows, slowest };
    after = page.next;
  }
}

describe("the list of 10,000 channels", () => {
  it.each(channelSorts)("shows each once, ordered by %s", { timeout: 120_000 }, async (sort) => {
    const { rows, slowest } = await walk({ sort });
    expect(rows).toHaveLength(many);
    expect(new Set(rows.map((row) => row.id)).size).toBe(many);
    const places = rows.map(place[sort]);
    expect(places).toEqual([...places].sort());
    expect(slowest).toBeLessThan(2_000);
  });
  it("narrows to each state as the rules derive it, all together once", { timeout: 120_000 }, async () => {
    let all = 0;
    for (const [state, may] of [
      ["preparing", (n: number) => n % 3 !== 0],
      ["live", (n: number) => n % 3 === 0 && n % 10 !== 0],
      ["ending", (n: number) => n % 30 === 0],
      ["ended", (n: number) => n % 10 === 0],
    ] as const) {
      const { rows } = await walk({ state });
      expect(new Set(rows.map((row) => row.state))).toEqual(new Set([state]));
      expect(rows.every((row) => may(Number(row.searchId.slice(4))))).toBe(true);
      all += rows.length;
    }
    expect(all).toBe(many);
  });
  it("narrows to a dealer and a part of a name, in each order", { timeout: 60_000 }, async () => {
    for (const sort of channelSorts) {
      const { rows } = await walk({ sort, dealer: "infobank", q: "채널 000" });
      expect(rows.map((row) => row.dealer)).toEqual(rows.map(() => "infobank"));
      expect(rows.length).toBe(Array.from({ length: 200 }, (_, n) => n).filter((n) => n > 0 && n % 5 === 0).length);
    }
  });
  it("knows last days that are past, near and none", async () => {
    const [first] = (await listChannels(company.admin, filter({ sort: "last-day" }), now)).items;
    expect(first).toMatchObject({ endsOn: addDays(today, -1), state: "ended" });
  });
  it("takes a cursor of its own order alone, and answers any with a page", async () => {
    const { next } = await listChannels(company.admin, filter({ sort: "name" }), now);
    const other = await listChannels(company.admin, filter({ after: next }), now);
    expect(other.previous).toBe(null);
    for (const after of ["x", "e30", "W10", "%00", "a".repeat(300)])
      expect((await listChannels(company.admin, filter({ after }), now)).items).toHaveLength(50);
    for (const [sort, text] of [
      ["last-day", "infinityx"],
      ["newest", "now()"],
      ["name", "\u0000"],
    ]) {
      const after = Buffer.from(JSON.stringify([sort, text, company.ours])).toString("base64url");
      expect((await listChannels(company.admin, filter({ sort, after }), now)).items).toHaveLength(50);
    }
  });
  it("reads pages by name and by dealer from an index", async () => {
    const { owner, ours } = company;
    const plan = async (text: string) =>
      JSON.stringify((await owner.query(`EXPLAIN (FORMAT JSON) ${text}`, [ours])).rows[0]["QUERY PLAN"]);
    expect(await plan("SELECT id FROM channels WHERE organization_id = $1 ORDER BY name, id LIMIT 51")).toContain(
      "channels_name_idx",
    );
    expect(
      await plan(
        "SELECT id FROM channels WHERE organization_id = $1 AND dealer = 'infobank' ORDER BY created_at DESC, id DESC LIMIT 51",
      ),
    ).toContain("channels_dealer_idx");
  });
});
