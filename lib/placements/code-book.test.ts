import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import writeXlsxFile from "write-excel-file/node";
import { closeDatabase } from "@/lib/db/client";
import { Conflict, Forbidden, NotFound } from "@/lib/errors";
import { openTestCompany } from "@/lib/test-company";
import { createPlacement, retirePlacements } from "./commands";
import { editPlaces, handOverPlaces } from "./commands/edit-places";
import { discardPlaceImport, receivePlaceList, sweepPlaceImports, takePlaceImport } from "./commands/import-places";
import { getPlacement, listPlacementEvents, listPlacements } from "./queries";
import { decodeCodes } from "./queries/decode-codes";
import { getPlaceImport } from "./queries/get-place-import";
import { listChosen } from "./queries/list-chosen";
import { listFindings, listKeepers } from "./queries/list-findings";
import { reportedCodes } from "./rules/decode";
import { createPlacementSchema, placementFiltersSchema } from "./schema";
import { editPlacesSchema } from "./schema/code-book";

const company = await openTestCompany();
const { ours, owner, admin, officer, marketer, auditor, stranger, expectNoEvent, newEvents, mark } = company;
const now = new Date();
let channelId = "";
let serial = 0;

beforeAll(async () => {
  const { rows } = await owner.query(
    "INSERT INTO channels (organization_id, search_id, name) VALUES ($1, '한결생활', '한결') RETURNING id",
    [ours],
  );
  channelId = rows[0].id;
  await owner.query(
    "INSERT INTO channel_go_lives (channel_id, organization_id, person_id, at) VALUES ($1, $2, $3, now() - interval '90 days')",
    [channelId, ours, admin.personId],
  );
});
beforeEach(mark);
afterAll(async () => {
  await owner.end();
  await closeDatabase();
});

function upload(bytes: Uint8Array | string, name = "places.csv"): Request {
  const form = new FormData();
  const plain = typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes;
  form.set("file", new File([Uint8Array.from(plain)], name));
  return new Request("http://localhost/upload", { method: "POST", body: form });
}
const make = async (more: object = {}) =>
  (
    await createPlacement(
      marketer,
      createPlacementSchema.parse({ channelId, name: `위치 ${serial++}`, medium: "web", ...more }),
    )
  ).id;
const all = async (more: object) => (await listPlacements(admin, placementFiltersSchema.parse(more), now)).items;
const bulk = (placementId: string[], more: object) =>
  editPlacesSchema.parse({ placementId, noCampaign: false, ...more });

describe("a list of places", () => {
  const sheet = [
    "이름,종류,사이트,둔 곳,페이지 주소,캠페인,태그,쓰기 시작하는 날,담당,연결,위치 코드",
    '홈 하단,웹,한결몰,홈,https://Hangyeol.example/#a,거실전,"매장, 가을",2026. 3. 1.,,,list_home',
    "계산대,인쇄·현장,강남점,1층,,거실전,,,MARKETER,,",
    "배송 출발,알림톡,알림톡,배송,,,,,,,list_bc",
    ",웹,,,,,,,,,",
    "전단,인쇄,,,,,,,,직접,",
    "먼 곳,하늘,,,,,,어제,없는 사람,,list home",
    "홈 둘,웹,,,,,,,,,list_home",
    "번호,웹,,,https://hangyeol.example/?phone=01012345678,,,,,,",
  ].join("\r\n");

  it("says what is wrong with which line, then makes the others at once", async () => {
    const importId = await receivePlaceList(marketer, upload(sheet), 0);
    await company.expectOneEvent("placement.list-read", importId);
    const preview = await getPlaceImport(marketer, importId, now);
    expect(preview?.rows.map(({ line, name, medium, mode }) => [line, name, medium, mode])).toEqual([
      [2, "홈 하단", "web", "redirect"],
      [3, "계산대", "offline", "redirect"],
      [4, "배송 출발", "message", "direct"],
    ]);
    expect(preview?.rows[0]).toMatchObject({ tags: ["매장", "가을"], startsOn: "2026-03-01", channelName: "한결" });
    expect(preview?.faults.map(({ line, column, key }) => [line, column, key])).toEqual([
      [5, "name", "errors.required"],
      [6, "mode", "placements.printIsRedirect"],
      [7, "ownerId", "placements.ownerUnknown"],
      [7, "medium", "errors.choose"],
      [7, "startsOn", "errors.date"],
      [7, "code", "placements.codeShape"],
      [8, "code", "placements.import.codeTwice"],
      [9, "pageUrl", "placements.page.personal"],
    ]);
    await mark();
    expect(await takePlaceImport(marketer, { importId })).toBe(3);
    expect(await newEvents()).toBe(3);
    const made = await all({ campaign: "거실전", sort: "name" });
    expect(made).toMatchObject([
      { name: "계산대", ownerId: marketer.personId, site: "강남점" },
      { name: "홈 하단", code: "list_home", pageUrl: "https://hangyeol.example/", startsOn: "2026-03-01" },
    ]);
    expect(made[0]?.code).toMatch(/^pl_qr_/);
    await expect(takePlaceImport(marketer, { importId })).rejects.toBeInstanceOf(NotFound);

    const again = await receivePlaceList(marketer, upload("이름,종류,코드\n홈,웹,list_home"), 0);
    expect((await getPlaceImport(marketer, again, now))?.faults).toMatchObject([{ key: "placements.codeTaken" }]);
    await expect(takePlaceImport(marketer, { importId: again })).rejects.toMatchObject({
      key: "placements.import.nothing",
    });
  });

  it("is taken from a workbook alike, days and numbers included", async () => {
    const book = await writeXlsxFile([
      [{ value: "이름" }, { value: "종류" }, { value: "시작일" }, { value: "코드" }, { value: "캠페인" }],
      [
        { value: "통합 문서" },
        { value: "앱" },
        { value: new Date("2026-05-04T00:00:00Z"), type: Date, format: "yyyy-mm-dd" },
        { value: "book_1" },
        { value: 2026, type: Number },
      ],
    ]).toBuffer();
    const importId = await receivePlaceList(marketer, upload(book, "places.xlsx"), 0);
    expect((await getPlaceImport(marketer, importId, now))?.rows).toMatchObject([
      { name: "통합 문서", medium: "app", startsOn: "2026-05-04", code: "book_1", campaign: "2026" },
    ]);
  });

  it.each([
    ["", "malformed"],
    ["이름만\n홈", "heading"],
    ["이름,종류\n", "noRows"],
    [`이름,종류\n${"홈,웹\n".repeat(1_001)}`, "tooLong"],
    ['이름,종류\n"홈,웹', "malformed"],
    ["PK\u0003\u0004 not a workbook at all, really not", "damaged"],
  ])("refuses what is none: %j", async (text, code) => {
    await expect(receivePlaceList(marketer, upload(text || " "), 0)).rejects.toMatchObject({
      key: `placements.import.${code}`,
      field: "file",
    });
    await expectNoEvent();
  });

  it("makes a thousand at once", async () => {
    const rows = Array.from({ length: 1_000 }, (_, at) => `매장 ${at},인쇄,매장 ${at},계산대,천 곳,mass_${at}`);
    const importId = await receivePlaceList(
      marketer,
      upload(["이름,종류,매장,둔 곳,캠페인,코드", ...rows].join("\n")),
      0,
    );
    // Two who press at the same moment: one takes all of it, the other finds it gone.
    const both = await Promise.allSettled([1, 2].map(() => takePlaceImport(marketer, { importId })));
    expect(both.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []))).toEqual([1_000]);
    expect(both.flatMap((one) => (one.status === "rejected" ? [one.reason] : []))).toEqual([expect.any(NotFound)]);
    const { rows: counted } = await owner.query(
      "SELECT count(*)::int AS n, count(DISTINCT code)::int AS codes FROM placements WHERE campaign = '천 곳'",
    );
    expect(counted).toEqual([{ n: 1_000, codes: 1_000 }]);
    await owner.query(
      "INSERT INTO placement_retirements (placement_id, organization_id, reason, person_id) SELECT id, organization_id, '끝', owner_id FROM placements WHERE campaign = '천 곳'",
    );
  });

  it("tells of a code that another company took meanwhile, and makes nothing", async () => {
    const importId = await receivePlaceList(marketer, upload("이름,종류,코드\n홈,웹,race_1\n앱,앱,race_2"), 0);
    const { rows } = await owner.query(
      "INSERT INTO channels (organization_id, search_id, name) VALUES ($1, 'x', 'x') RETURNING id",
      [stranger.organizationId],
    );
    await createPlacement(
      stranger,
      createPlacementSchema.parse({ channelId: rows[0].id, name: "남", medium: "web", code: "race_2" }),
    );
    await mark();
    await expect(takePlaceImport(marketer, { importId })).rejects.toMatchObject({
      key: "placements.import.codesTaken",
      values: { codes: "race_2", count: 1 },
    });
    await expectNoEvent();
    expect(await all({ q: "race_1" })).toEqual([]);
  });

  it("waits for an hour, for those who may, in their company alone", async () => {
    const importId = await receivePlaceList(marketer, upload("이름,종류\n홈,웹"), 0);
    await mark();
    expect(await getPlaceImport(stranger, importId, now)).toBeNull();
    expect(await getPlaceImport(marketer, importId, new Date(Date.now() + 3_660_000))).toBeNull();
    await expect(getPlaceImport(auditor, importId, now)).rejects.toBeInstanceOf(Forbidden);
    await expect(receivePlaceList(officer, upload("이름,종류\n홈,웹"), 0)).rejects.toBeInstanceOf(Forbidden);
    await expect(takePlaceImport(stranger, { importId })).rejects.toBeInstanceOf(NotFound);
    await expect(takePlaceImport(officer, { importId })).rejects.toBeInstanceOf(Forbidden);
    await expectNoEvent();
    await discardPlaceImport(marketer, { importId });
    await company.expectOneEvent("placement.list-discarded", importId);
    const forgotten = await receivePlaceList(marketer, upload("이름,종류\n홈,웹"), 0);
    await sweepPlaceImports(new Date());
    expect(await getPlaceImport(marketer, forgotten, now)).not.toBeNull();
    await sweepPlaceImports(new Date(Date.now() + 3_660_000));
    expect(await getPlaceImport(marketer, forgotten, now)).toBeNull();
  });
});

describe("many places at once", () => {
  it("get an owner, a campaign and tags, one entry each; what is empty stays", async () => {
    const ids = [await make({ tags: "가, 나", campaign: "봄" }), await make({ tags: "나" }), await make()];
    await retirePlacements(admin, { placementId: [ids[2] ?? ""], reason: "끝" });
    expect((await listChosen(marketer, [...ids, randomUUID()])).map(({ id }) => id)).toEqual(ids.slice(0, 2));
    expect(await listChosen(stranger, ids)).toEqual([]);
    await mark();
    expect(await editPlaces(marketer, bulk(ids, { ownerId: admin.personId, addTags: "다", dropTags: "나" }))).toBe(2);
    expect(await newEvents()).toBe(2);
    expect(await getPlacement(admin, ids[0] ?? "", now)).toMatchObject({
      ownerId: admin.personId,
      campaign: "봄",
      tags: ["가", "다"],
      version: 2,
    });
    expect(await getPlacement(admin, ids[2] ?? "", now)).toMatchObject({ ownerId: marketer.personId, version: 1 });
    await editPlaces(marketer, bulk(ids, { noCampaign: true }));
    expect((await getPlacement(admin, ids[0] ?? "", now))?.campaign).toBe("");
  });
  it("are refused when nothing changes, an owner is no member, tags are too many, or one is not ours", async () => {
    const id = await make({ tags: "1,2,3,4,5,6,7,8,9,10" });
    await mark();
    const refused = (more: object, key: string) =>
      expect(editPlaces(marketer, bulk([id], more))).rejects.toMatchObject({ key });
    await refused({}, "placements.bulk.nothing");
    await refused({ noCampaign: true }, "placements.bulk.same");
    await refused({ ownerId: stranger.personId }, "placements.ownerUnknown");
    await refused({ addTags: "11" }, "placements.tagsMany");
    await expect(editPlaces(marketer, bulk([id, randomUUID()], { campaign: "x" }))).rejects.toBeInstanceOf(NotFound);
    await expect(editPlaces(stranger, bulk([id], { campaign: "x" }))).rejects.toBeInstanceOf(NotFound);
    await expect(editPlaces(auditor, bulk([id], { campaign: "x" }))).rejects.toBeInstanceOf(Forbidden);
    await expectNoEvent();
  });
  it("go to another owner with a reason", async () => {
    const mine = await make({ ownerId: officer.personId });
    const before = (await listKeepers(auditor, now)).find(({ id }) => id === officer.personId);
    expect(before).toMatchObject({ places: 1, active: true });
    const input = { fromId: officer.personId, toId: admin.personId, reason: "부서를 옮깁니다" };
    await expect(handOverPlaces(auditor, input)).rejects.toBeInstanceOf(Forbidden);
    await expect(handOverPlaces(marketer, { ...input, toId: officer.personId })).rejects.toMatchObject({
      field: "toId",
    });
    await mark();
    expect(await handOverPlaces(marketer, input)).toBe(1);
    const [event] = await listPlacementEvents(admin, mine);
    expect(event).toMatchObject({ action: "placement.handed-over", reason: "부서를 옮깁니다" });
    await expect(handOverPlaces(marketer, input)).rejects.toMatchObject({ field: "fromId" });
    await expect(handOverPlaces(stranger, { ...input, toId: stranger.personId })).rejects.toMatchObject({
      field: "fromId",
    });
  });
  it("are noticed when somebody else was first", async () => {
    const id = await make();
    await editPlaces(marketer, bulk([id], { campaign: "먼저" }));
    const { editPlacement } = await import("./commands");
    const { editPlacementSchema } = await import("./schema");
    const late = editPlacementSchema.parse({
      placementId: id,
      version: 1,
      name: "늦음",
      medium: "web",
      ownerId: admin.personId,
    });
    await expect(editPlacement(marketer, late)).rejects.toBeInstanceOf(Conflict);
  });
});

describe("codes of a report", () => {
  it("are read as people paste them", () => {
    expect([...reportedCodes('a,3\r\nb\t"1,204"\n"a"\n\n c \nd,x')]).toEqual([
      ["a", 4],
      ["b", 1_204],
      ["c", 1],
      ["d", 1],
    ]);
  });
  it("become places; strange ones come first", async () => {
    const known = await make({ code: "Read_me", name: "아는 곳" });
    await retirePlacements(admin, { placementId: [await make({ code: "read_gone" })], reason: "끝" });
    const found = await decodeCodes(auditor, "Read_me,5\nread_gone,2\nREAD_ME,1\nnobody,7\n상담,1");
    expect(found.map(({ value, count, fault, place }) => [value, count, fault, place?.id === known])).toEqual([
      ["nobody", 7, "unknown", false],
      ["READ_ME", 1, "case", true],
      ["상담", 1, "shape", false],
      ["Read_me", 5, null, true],
      ["read_gone", 2, null, false],
    ]);
    expect(found.find(({ value }) => value === "read_gone")?.place?.retired).toBe(true);
    expect((await decodeCodes(stranger, "Read_me"))[0]?.fault).toBe("unknown");
  });
});

describe("what is wrong with the code book", () => {
  it("is found, and gone when it is mended", async () => {
    const gone = await make({ ownerId: officer.personId, name: "떠난 이의 곳", medium: "app" });
    const page = [
      await make({ pageUrl: "https://www.hangyeol.example/same/" }),
      await make({ pageUrl: "http://hangyeol.example/same" }),
    ];
    const spot = [
      await make({ medium: "offline", site: "강남점", location: "입구" }),
      await make({ medium: "offline", site: "강남점", location: "입구" }),
    ];
    const over = await make({ medium: "app", endsOn: "2026-01-31" });
    const bare = await make();
    const silent = await make({ medium: "app" });
    await owner.query("UPDATE placements SET created_at = now() - interval '60 days' WHERE id = $1", [silent]);
    await owner.query("UPDATE memberships SET disabled_at = now() WHERE person_id = $1 AND organization_id = $2", [
      officer.personId,
      ours,
    ]);
    const of = async (kind: "orphan" | "same-page" | "same-spot" | "over" | "no-page" | "silent") =>
      (await listFindings(auditor, kind, now)).items.map(({ id }) => id);
    expect(await of("orphan")).toEqual([gone]);
    expect((await of("same-page")).sort()).toEqual(page.sort());
    expect((await of("same-spot")).sort()).toEqual(spot.sort());
    expect(await of("over")).toEqual([over]);
    expect(await of("no-page")).toContain(bare);
    expect(await of("no-page")).not.toContain(page[0]);
    expect(await of("silent")).toEqual([silent]);
    const { counts } = await listFindings(auditor, "over", now);
    expect(counts).toMatchObject({ orphan: 1, "same-page": 2, "same-spot": 2, over: 1, silent: 1 });
    expect((await listFindings(stranger, "", now)).items.filter(({ kind }) => kind !== "no-page")).toEqual([]);
    await handOverPlaces(admin, { fromId: officer.personId, toId: marketer.personId, reason: "퇴사" });
    await owner.query(
      "INSERT INTO presses (organization_id, placement_id, at, kind, visitor) VALUES ($1, $2, now(), 'press', 'person')",
      [ours, silent],
    );
    await owner.query(
      "INSERT INTO press_days (organization_id, placement_id, day, presses) VALUES ($1, $2, (now() AT TIME ZONE 'Asia/Seoul')::date, 1)",
      [ours, silent],
    );
    await retirePlacements(admin, { placementId: [over, page[0] ?? ""], reason: "끝" });
    for (const kind of ["orphan", "same-page", "over", "silent"] as const) expect(await of(kind)).toEqual([]);
  });
});
