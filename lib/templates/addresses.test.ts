import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { closeDatabase } from "@/lib/db/client";
import { Forbidden, NotFound, Refused } from "@/lib/errors";
import { openTestCompany, type TestCompany } from "@/lib/test-company";
import { checkTemplateAddresses } from "./commands/check-addresses";
import { listAddresses } from "./queries/list-addresses";
import { addressState, webAddresses } from "./rules/addresses";
import { exampleContent } from "./rules/examples";
import { buttonSchema, type TemplateContent, variableSchema } from "./schema/content";
import { plainText, templateIn } from "./testing";

let company: TestCompany;
const site = createServer((request, answer) => {
  answer.statusCode = request.url === "/gone" ? 404 : 200;
  answer.setHeader("Content-Type", "text/html").end("<p>안녕하세요</p>");
});
let home = "";
const before = process.env.DAMSO_OUTBOUND_ALLOW;
beforeAll(async () => {
  company = await openTestCompany();
  await new Promise<void>((done) => site.listen(0, "127.0.0.1", done));
  const { port } = site.address() as AddressInfo;
  home = `http://127.0.0.1:${port}`;
  process.env.DAMSO_OUTBOUND_ALLOW = `127.0.0.1:${port}`;
});
afterAll(async () => {
  if (before === undefined) delete process.env.DAMSO_OUTBOUND_ALLOW;
  else process.env.DAMSO_OUTBOUND_ALLOW = before;
  await company.owner.end();
  await closeDatabase();
  await new Promise((done) => site.close(done));
});
beforeEach(() => company.mark());

const leadingTo = (...addresses: string[]): TemplateContent => ({
  ...exampleContent("RICH_TEXT"),
  buttons: addresses.map((urlMobile) => ({ ...buttonSchema.parse({}), type: "WL", name: "보기", urlMobile })),
});

describe("the addresses of a message", () => {
  it("are named once each, with sample values; codes and apps are none", () => {
    const content: TemplateContent = {
      ...leadingTo(
        "https://a.example/1",
        "https://a.example/1",
        "https://a.example/#{번호}",
        "https://a.example/#{없음}",
        "tel:1",
      ),
      variables: [variableSchema.parse({ name: "번호", samples: ["77"] })],
    };
    expect(webAddresses(content)).toEqual(["https://a.example/1", "https://a.example/77"]);
    expect(webAddresses(plainText("https://a.example 글에 쓴 주소"))).toEqual([]);
  });

  it.each([
    [{ status: 200, failure: null }, "open"],
    [{ status: null, failure: "not-text" }, "open"],
    [{ status: 404, failure: null }, "gone"],
    [{ status: 410, failure: null }, "gone"],
    [{ status: 403, failure: null }, "refusing"],
    [{ status: 503, failure: null }, "failing"],
    [{ status: null, failure: "timeout" }, "failing"],
  ])("mean by %o: %s", (answer, state) => expect(addressState(answer)).toBe(state));

  it("are called when somebody asks, and what answered is kept with one event", async () => {
    const content = leadingTo(`${home}/`, `${home}/gone`, "https://127.0.0.1/inside");
    const { id } = await templateIn(company, "draft", { content });
    expect((await listAddresses(company.auditor, id, content)).map(({ checked }) => checked)).toEqual([
      null,
      null,
      null,
    ]);
    expect(await checkTemplateAddresses(company.officer, id)).toEqual({ count: 3, closed: 2 });
    await company.expectOneEvent("template.addresses-checked", id);
    const seen = await listAddresses(company.auditor, id, content);
    expect(seen.map(({ checked }) => [checked?.state, checked?.status, checked?.failure])).toEqual([
      ["open", 200, null],
      ["gone", 404, null],
      ["failing", null, "refused-address"],
    ]);
  });

  it("are nobody's to call without the right, in another company, or where there is none", async () => {
    const { id } = await templateIn(company, "draft");
    await expect(checkTemplateAddresses(company.marketer, id)).rejects.toThrow(Refused);
    await expect(checkTemplateAddresses(company.auditor, id)).rejects.toThrow(Forbidden);
    const other = await openTestCompany();
    await expect(checkTemplateAddresses(other.marketer, id)).rejects.toThrow(NotFound);
    await other.owner.end();
  });
});
