// The published list of consignees: generated from contracts and approvals, worded and published by the officer, open for any day.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { closeDatabase } from "@/lib/db/client";
import { Conflict, Forbidden, Refused } from "@/lib/errors";
import { openTestCompany, type TestCompany } from "@/lib/test-company";
import { answerConsignees } from "@/server/consignees";
import { publishConsignees } from "./commands/publish-consignees";
import { consigneesOn, getConsignees, listConsigneeLists } from "./queries/consignee-lists";
import { publishConsigneesSchema } from "./schema/consignee-list";
import { contractInForce } from "./testing";

let company: TestCompany;
let server: Server;
let origin: string;
const slug = () => `ours-${company.ours}`;
beforeAll(async () => {
  company = await openTestCompany();
  const { id } = await company.opened();
  await contractInForce(company, id);
  server = createServer((request, response) => {
    if (!answerConsignees(request, response)) response.writeHead(418).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await company.owner.end();
  await closeDatabase();
});
beforeEach(() => company.mark());

const march = new Date("2026-03-01T03:00:00Z");
const june = new Date("2026-06-01T03:00:00Z");
const words = { "work.0": "상담 시스템 운영", "period.0": "위탁 계약 종료 시까지", "sub.0.0": "메시지 송수신" };
async function form(now: Date, more: object = {}) {
  const { newest, generated } = await getConsignees(company.officer, now);
  const given = { number: newest?.number ?? 0, hash: generated.hash, effectiveOn: "2026-03-01", reason: "처음 공개" };
  return publishConsigneesSchema.parse({ ...given, ...words, ...more });
}

describe("publishing", () => {
  it("needs words, a day to come, and the officer", async () => {
    await expect(publishConsignees(company.officer, await form(march, { "work.0": "" }), march)).rejects.toThrow(
      "privacy.consignees.refused.empty",
    );
    await expect(
      publishConsignees(company.officer, await form(march, { effectiveOn: "2026-02-28" }), march),
    ).rejects.toThrow("privacy.consignees.refused.past");
    await expect(publishConsignees(company.admin, await form(march), march)).rejects.toThrow(Forbidden);
    await expect(
      publishConsignees(company.officer, await form(march, { hash: "0".repeat(64) }), march),
    ).rejects.toThrow(Conflict);
    expect((await fetch(`${origin}/o/${slug()}/consignees`)).status).toBe(404);
  });

  it("keeps each list for its days, one event each", async () => {
    await publishConsignees(company.officer, await form(march), march);
    expect(await company.newEvents()).toBe(1);
    await expect(publishConsignees(company.officer, await form(march), march)).rejects.toThrow(Refused);
    const stale = await form(june, { effectiveOn: "2026-06-01" });
    const { id } = await company.opened();
    await contractInForce(company, id, { consignee: "루나소프트", subConsignee: "" });
    await expect(publishConsignees(company.officer, stale, june)).rejects.toThrow(Conflict);
    expect((await getConsignees(company.auditor, june)).changes).toMatchObject([
      { kind: "added", consignee: "루나소프트" },
    ]);
    const two = {
      "work.0": "분석",
      "period.0": "1년",
      "work.1": "상담 시스템 운영",
      "period.1": "위탁 계약 종료 시까지",
      "sub.1.0": "메시지 송수신",
      effectiveOn: "2026-06-10",
    };
    await publishConsignees(company.officer, await form(june, { ...two, reason: "루나소프트 추가" }), june);
    const names = async (on: string) =>
      (await consigneesOn(company.auditor, on))?.entries.map(({ consignee }) => consignee);
    expect(await consigneesOn(company.auditor, "2026-02-28")).toBeNull();
    expect(await names("2026-06-09")).toEqual(["인포뱅크 주식회사"]);
    expect(await names("2026-06-10")).toEqual(["루나소프트", "인포뱅크 주식회사"]);
    const { items } = await listConsigneeLists(company.auditor, null);
    expect(items.map(({ number, changes }) => [number, changes.length])).toEqual([
      [2, 1],
      [1, 1],
    ]);
    await expect(consigneesOn(company.marketer, "2026-06-10")).rejects.toThrow(Forbidden);
    expect(await consigneesOn(company.strangeOfficer, "2026-06-10")).toBeNull();
  });
});

describe("the open address", () => {
  it("answers anybody, right for a past day, without a cookie", async () => {
    const page = await fetch(`${origin}/o/${slug()}/consignees?on=2026-03-01`);
    expect(page.status).toBe(200);
    expect(page.headers.get("set-cookie")).toBeNull();
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    const html = await page.text();
    expect(html).toContain("인포뱅크 주식회사");
    expect(html).not.toContain("루나소프트");
    expect(html).toContain("이 뒤에 바뀐 목록이 있습니다.");
    const json = await (await fetch(`${origin}/o/${slug()}/consignees.json?on=2026-11-23`)).json();
    expect(json).toMatchObject({ number: 2, effectiveOn: "2026-06-10", on: "2026-11-23" });
    const markdown = await (await fetch(`${origin}/o/${slug()}/consignees.md?on=2026-11-23`)).text();
    expect(markdown).toContain("| 루나소프트 | 분석 | 1년 | 없음 |  |");
    expect((await fetch(`${origin}/o/${slug()}/consignees?on=2026-02-28`)).status).toBe(404);
  });

  it("knows nothing of another organization, and says no to what is no address, day or question", async () => {
    for (const [path, status] of [
      [`/o/theirs-${company.theirs}/consignees`, 404],
      ["/o/nobody/consignees.json", 404],
      [`/o/${slug()}/consignees?on=2026-02-30`, 400],
      [`/o/${slug()}/consignees?on=2026-03-01&on=2026-06-30`, 400],
      [`/o/${slug()}/consignees?on=%00`, 400],
      [`/o/${slug().toUpperCase()}/consignees`, 418],
    ] as const) {
      expect((await fetch(origin + path)).status, path).toBe(status);
    }
    expect((await fetch(`${origin}/o/${slug()}/consignees`, { method: "POST" })).status).toBe(405);
  });

  it("answers 304 to who has it", async () => {
    const first = await fetch(`${origin}/o/${slug()}/consignees.json?on=2026-11-23`);
    const again = await fetch(`${origin}/o/${slug()}/consignees.json?on=2026-11-23`, {
      headers: { "If-None-Match": first.headers.get("etag") ?? "" },
    });
    expect(again.status).toBe(304);
  });
});
