// The library on a real PostgreSQL: what is found, in which order, and that the view tells the same as the rules.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase } from "@/lib/db/client";
import { openTestCompany, type TestCompany } from "@/lib/test-company";
import { createTemplate, saveDraft } from "./commands/save-draft";
import { archiveTemplate, recordTemplateUse, retireTemplate } from "./commands/take-step";
import { getTemplate } from "./queries/get-template";
import { listTemplateChoices, listTemplates } from "./queries/list-templates";
import { exampleContent } from "./rules/examples";
import { templateStatus } from "./rules/status";
import { messageTypes } from "./schema/content";
import { templateFiltersSchema } from "./schema/list";
import { createTemplateSchema, saveDraftSchema, takeTemplateInUseSchema } from "./schema/template";
import { plainText, templateIn } from "./testing";

let company: TestCompany;
beforeAll(async () => {
  company = await openTestCompany();
});
afterAll(async () => {
  await company.owner.end();
  await closeDatabase();
});

const list = (more: object = {}, actor = company.auditor) => listTemplates(actor, templateFiltersSchema.parse(more));
const names = async (more: object = {}) => (await list(more)).items.map(({ name }) => name);
const make = (name: string, words: string, more: object = {}) =>
  createTemplate(company.marketer, createTemplateSchema.parse({ name, content: plainText(words), ...more }));

describe("the library", () => {
  it("finds by any substring of what a template says, in Korean, whatever its letters' form", async () => {
    await make("배송", "주문하신 상품의 운송장을 확인합니다.", { tags: ["가나다라"] });
    await make("Welcome", "Hello THERE");
    for (const q of ["송장을 확", "품의 운", "송장을 확".normalize("NFD"), "나다"])
      expect(await names({ q })).toEqual(["배송"]);
    expect(await names({ q: "hello there" })).toEqual(["Welcome"]);
    expect(await names({ q: "배송\n주문" })).toEqual(["Welcome", "배송"]);
    expect(await names({ q: "%" })).toEqual([]);
    expect(await names({ q: "_" })).toEqual([]);
    expect(await names({ tag: "가나다라" })).toEqual(["배송"]);
  });

  it("counts each type, whichever is chosen, and never another organization's", async () => {
    for (const type of messageTypes) {
      const input = createTemplateSchema.parse({ name: `형식 ${type}`, content: exampleContent(type) });
      await createTemplate(company.marketer, input);
    }
    const chosen = await list({ q: "형식", type: "CAROUSEL_FEED" });
    expect(chosen.items.map(({ name }) => name)).toEqual(["형식 CAROUSEL_FEED"]);
    expect(chosen.counts).toEqual(Object.fromEntries(messageTypes.map((type) => [type, 1])));
    expect((await list({}, company.strangeOfficer)).items).toEqual([]);
    expect(await listTemplateChoices(company.strangeOfficer)).toMatchObject({ channels: [], tags: [] });
  });

  it("puts what a channel uses together with what every channel uses", async () => {
    const { id } = await company.opened();
    const { id: other } = await company.opened();
    await make("채널 하나", "하나만", { channelId: id });
    await make("채널 둘", "하나만", { channelId: other });
    await make("채널 모두", "하나만");
    expect(new Set(await names({ q: "하나만", channel: id }))).toEqual(new Set(["채널 하나", "채널 모두"]));
  });

  it("is paged without a gap in each order, forth and back", async () => {
    for (let place = 0; place < 120; place += 1) {
      const id = await make(`쪽 ${String((place * 37) % 120).padStart(3, "0")}`, "쪽나눔");
      if (place % 3 === 0) {
        const at = new Date(Date.now() + place * 1_000);
        await company.owner.query("UPDATE templates SET changed_at = $2 WHERE id = $1", [id, at]);
      }
    }
    for (const sort of ["", "name", "used"]) {
      const seen: string[] = [];
      let page = await list({ q: "쪽나눔", sort });
      const firstPage = page.items;
      seen.push(...page.items.map(({ id }) => id));
      for (let turns = 0; page.next && turns < 5; turns += 1) {
        page = await list({ q: "쪽나눔", sort, after: page.next });
        seen.push(...page.items.map(({ id }) => id));
      }
      expect(seen).toHaveLength(120);
      expect(new Set(seen).size).toBe(120);
      while (page.previous) page = await list({ q: "쪽나눔", sort, before: page.previous });
      expect(page.items).toEqual(firstPage);
    }
    expect((await names({ q: "쪽나눔", sort: "name" })).slice(0, 2)).toEqual(["쪽 000", "쪽 001"]);
  });

  it("says when and where a template was used last, and stands in that order", async () => {
    const { id: first, hash } = await templateIn(company, "used", { name: "쓰임 하나", content: plainText("쓰임새") });
    await templateIn(company, "used", { name: "쓰임 둘", content: plainText("쓰임새") });
    await make("쓰임 없음", "쓰임새");
    const again = { templateId: first, hash, way: "dealer", place: "HG-1" };
    await recordTemplateUse(company.marketer, takeTemplateInUseSchema.parse(again), new Date(Date.now() + 60_000));
    expect(await names({ q: "쓰임새", sort: "used" })).toEqual(["쓰임 하나", "쓰임 둘", "쓰임 없음"]);
    const [row] = (await list({ q: "쓰임새", sort: "used" })).items;
    expect(row).toMatchObject({ state: "used", inUse: 1, approverName: "COMPLIANCE_OFFICER", ownerName: "MARKETER" });
  });
});

it("tells each state as the rules do", async () => {
  const content = plainText("상태 보기");
  const states = {
    draft: (await templateIn(company, "draft", { content })).id,
    submitted: (await templateIn(company, "submitted", { content })).id,
    approved: (await templateIn(company, "approved", { content })).id,
    used: (await templateIn(company, "used", { content })).id,
    retired: (await templateIn(company, "used", { content })).id,
    archived: (await templateIn(company, "draft", { content })).id,
  };
  const [{ hash } = { hash: "" }] = [await getTemplate(company.auditor, states.draft)].filter((one) => one !== null);
  await retireTemplate(company.admin, { templateId: states.retired, hash, note: "" });
  await archiveTemplate(company.admin, { templateId: states.archived, hash });
  const newer = await templateIn(company, "used", { content });
  await saveDraft(
    company.marketer,
    saveDraftSchema.parse({ templateId: newer.id, revision: 1, content: plainText("상태 보기, 둘째") }),
  );
  for (const [state, id] of Object.entries(states)) {
    const found = await list({ q: "상태 보기", state });
    expect(found.items.map((row) => row.id)).toContain(id);
    for (const row of found.items) {
      const view = await getTemplate(company.auditor, row.id);
      if (!view) throw new Error("a listed template is not there");
      expect(row).toMatchObject(view.standing);
      expect(view.standing).toEqual(templateStatus(view.hash, view.versions.toReversed(), view.steps.toReversed()));
    }
  }
  expect((await list({ q: "둘째" })).items).toMatchObject([{ state: "draft", version: 1, inUse: 1 }]);
  expect((await list({ q: "상태 보기" })).items.map(({ id }) => id)).not.toContain(states.archived);
});
