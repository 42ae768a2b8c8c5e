import { type Browser, type BrowserContext, expect, type Page, test } from "@playwright/test";
import { createTemplate } from "@/lib/templates/commands/save-draft";
import { exampleContent, exampleContents } from "@/lib/templates/rules/examples";
import { emptyContent, type TemplateContent } from "@/lib/templates/schema/content";
import { createTemplateSchema } from "@/lib/templates/schema/template";
import { base } from "./harness-caller";
import { type Colleague, type Company, openCompany, sessionCookieName } from "./harness-company";
import { rows } from "./harness-database";
import { accessible } from "./harness-page";
import { fresh } from "./probes/probe";

let company: Company;
test.beforeAll(async () => {
  company = await openCompany();
});

/** A draft of the marketer's. @returns its id and name */
async function draft(content: TemplateContent): Promise<{ id: string; name: string; address: string }> {
  const name = `글 ${fresh()}`;
  const id = await createTemplate(company.people.MARKETER.actor, createTemplateSchema.parse({ name, content }));
  return { id, name, address: `/templates/${id}/edit` };
}

async function contextOf(
  browser: Browser,
  who: Colleague,
  options: Parameters<Browser["newContext"]>[0] = {},
): Promise<BrowserContext> {
  const context = await browser.newContext(options);
  const value = who.caller.jar.get(sessionCookieName) ?? "";
  await context.addCookies([{ name: sessionCookieName, value, url: test.info().project.use.baseURL ?? "" }]);
  return context;
}

async function opened(
  browser: Browser,
  address: string,
  options: Parameters<Browser["newContext"]>[0] = {},
  who = company.people.MARKETER,
): Promise<Page> {
  const page = await (await contextOf(browser, who, options)).newPage();
  await page.goto(address);
  return page;
}

const saved = (page: Page) => expect(page.locator("[data-save=saved]")).toBeVisible();
/** The page saves by itself: it is no form without script any more. */
const awake = (page: Page) => expect(page.locator("[data-save]")).toBeVisible();
const bubble = (page: Page) => page.getByRole("figure", { name: /메시지 미리보기/ });

/** What the newest draft says. */
async function textOf(id: string): Promise<TemplateContent> {
  const [row] = await rows<{ content: TemplateContent }>(
    "SELECT content FROM template_drafts WHERE template_id = $1 ORDER BY number DESC LIMIT 1",
    [id],
  );
  if (!row) throw new Error("no draft");
  return row.content;
}

test("a marketer begins from the gallery, proves the longest value and asks for approval", async ({ browser }) => {
  const page = await opened(browser, "/templates/types");
  await page.getByRole("link", { name: "리치 텍스트형 쓰기" }).click();
  const name = `가을 안내 ${fresh()}`;
  await page.getByLabel("이름").fill(name);
  await expect(page.getByRole("radio", { name: /리치 텍스트형/ })).toBeChecked();
  await page.getByRole("button", { name: "만들기" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(name);
  await awake(page);

  const text = page.getByLabel("문구", { exact: true });
  await text.fill("#{상품명}은 내일 출고됩니다.");
  await expect(text).toHaveAccessibleDescription(/#?\{?상품명\}? 변수가 아래 표에 없습니다/);
  await page.getByRole("button", { name: "글에 쓴 변수 넣기" }).click();
  await page.getByLabel("가장 긴 값").fill("가".repeat(1_000));
  await page.getByLabel("예시", { exact: true }).fill("오크 의자");
  await expect(bubble(page)).toContainText("오크 의자는 내일 출고됩니다.");
  await expect(text).toHaveAttribute("aria-invalid", "true");
  await page.getByRole("button", { name: "승인 요청" }).click();
  await expect(page.getByText("고칠 곳이 있어 승인을 요청하지 않았습니다")).toBeVisible();
  await accessible(page);
  await page.getByRole("link", { name: "문구", exact: true }).click();
  await expect(text).toBeFocused();

  await page.getByLabel("가장 긴 값").fill("접이식 원목 식탁 의자 2개 세트");
  await page.getByRole("link", { name: "가장 긴 값", exact: true }).click();
  await expect(bubble(page)).toContainText("접이식 원목 식탁 의자 2개 세트는 내일 출고됩니다.");
  await page.getByRole("link", { name: "변수", exact: true }).click();
  await expect(bubble(page)).toContainText("{상품명}은 내일");
  await page.getByRole("button", { name: "승인 요청" }).click();
  await expect(page.getByText("승인을 요청했습니다.")).toBeVisible();
  await page.goto(`${page.url()}/edit`);
  await expect(page.getByText("고칠 수 없습니다")).toBeVisible();
});

test("what one writes is saved by itself, and what one removes comes back", async ({ browser }) => {
  const { id, address } = await draft(exampleContent("CAROUSEL_FEED"));
  const page = await opened(browser, address);
  await awake(page);
  await page.getByRole("button", { name: "카드 추가" }).click();
  await page.getByRole("group", { name: "카드 3" }).getByLabel("제목").fill("탁자");
  await saved(page);
  await expect
    .poll(async () => (await textOf(id)).items.map(({ title }) => title))
    .toEqual(["오크 의자", "스탠드 조명", "탁자"]);
  await page.getByRole("button", { name: "카드 3 지우기" }).click();
  await expect(page.getByRole("region", { name: "카드 묶음" }).getByRole("article")).toHaveCount(2);
  await page.getByRole("button", { name: "되돌리기" }).click();
  await expect(page.getByRole("region", { name: "카드 묶음" }).getByRole("article")).toHaveCount(3);
  await page.getByRole("button", { name: "카드 3 앞으로" }).click();
  await expect
    .poll(async () => (await textOf(id)).items.map(({ title }) => title))
    .toEqual(["오크 의자", "탁자", "스탠드 조명"]);
});

test("another type takes what it can, and names the rest first", async ({ browser }) => {
  const { id, address } = await draft(exampleContent("ITEM_LIST"));
  const page = await opened(browser, address);
  await awake(page);
  await page.getByText("형식 바꾸기").click();
  await page.getByLabel("바꿀 형식").selectOption("RICH_TEXT");
  await page.getByRole("button", { name: "무엇이 없어지는지 보기" }).click();
  await expect(page.getByText(/리치 텍스트형으로 바꾸면 \d+곳이 없어집니다/)).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: "줄 1 · 제목" })).toBeVisible();
  await accessible(page);
  await page.getByRole("button", { name: "바꾸기", exact: true }).click();
  await expect(page.getByRole("group", { name: "리스트" })).toHaveCount(0);
  await expect.poll(async () => (await textOf(id)).type).toBe("RICH_TEXT");
  expect((await textOf(id)).text).toBe(exampleContent("ITEM_LIST").text);
  await page.getByRole("button", { name: "되돌리기" }).click();
  await expect.poll(async () => textOf(id)).toEqual(exampleContent("ITEM_LIST"));
});

test("two people at one template: both texts stand side by side, and nobody's is lost", async ({ browser }) => {
  const { id, address } = await draft({ ...emptyContent("RICH_TEXT"), text: "처음 글" });
  const [one, other] = [await opened(browser, address), await opened(browser, address)];
  await awake(one);
  await awake(other);
  await other.getByLabel("문구", { exact: true }).fill("먼저 저장한 글");
  await saved(other);
  await expect.poll(async () => (await textOf(id)).text).toBe("먼저 저장한 글");
  await one.getByLabel("문구", { exact: true }).fill("나중에 쓴 글");
  await expect(one.getByRole("heading", { name: /먼저 저장했습니다/ })).toBeVisible();
  const sides = one.getByRole("row", { name: /문구/ });
  await expect(sides).toContainText("먼저 저장한 글");
  await expect(sides).toContainText("나중에 쓴 글");
  await accessible(one);
  expect((await textOf(id)).text).toBe("먼저 저장한 글");
  await one.getByRole("button", { name: "내 글로 저장" }).click();
  await expect.poll(async () => (await textOf(id)).text).toBe("나중에 쓴 글");

  await other.getByLabel("문구", { exact: true }).fill("버릴 글");
  await expect(other.getByRole("heading", { name: /먼저 저장했습니다/ })).toBeVisible();
  await other.getByRole("link", { name: "저장된 글 쓰기" }).click();
  await expect(other.getByLabel("문구", { exact: true })).toHaveValue("나중에 쓴 글");
  await other.getByRole("button", { name: "되돌리기" }).click();
  await expect.poll(async () => (await textOf(id)).text).toBe("버릴 글");
  const kept = await rows<{ text: string }>(
    "SELECT content->>'text' AS text FROM template_drafts WHERE template_id = $1 ORDER BY number",
    [id],
  );
  expect(kept.map(({ text }) => text)).toEqual(["처음 글", "먼저 저장한 글", "나중에 쓴 글", "버릴 글"]);
});

test("a browser that dies in the middle brings the words back", async ({ browser }) => {
  const { id, address } = await draft(emptyContent("PLAIN_TEXT"));
  const context = await contextOf(browser, company.people.MARKETER);
  const page = await context.newPage();
  await page.goto(address);
  await awake(page);
  // Nothing of it reaches the server: the words are in the browser alone.
  await context.route("**/draft", (route) => route.abort());
  await page.getByLabel("문구", { exact: true }).fill("저장되기 전에 꺼진 글");
  await expect(page.locator("[data-save=offline]")).toContainText("이 브라우저에 남아 있고");
  // Its process ends at once: no page is left that could say goodbye.
  await page.goto("chrome://crash").catch(() => undefined);
  await page.close();
  expect((await textOf(id)).text).toBe("");
  await context.unroute("**/draft");
  const again = await context.newPage();
  await again.goto(address);
  await expect(again.getByLabel("문구", { exact: true })).toHaveValue("저장되기 전에 꺼진 글");
  await expect(again.getByText("저장하지 못했던 글을 되살렸습니다")).toBeVisible();
  await expect.poll(async () => (await textOf(id)).text).toBe("저장되기 전에 꺼진 글");
});

test("without a connection one goes on writing, and with it the words are saved", async ({ browser }) => {
  const { id, address } = await draft(emptyContent("PLAIN_TEXT"));
  const page = await opened(browser, address);
  await awake(page);
  await page.context().setOffline(true);
  await page.getByLabel("문구", { exact: true }).fill("끊긴 동안 쓴 글");
  await expect(page.locator("[data-save=offline]")).toBeVisible();
  await page.context().setOffline(false);
  await saved(page);
  expect((await textOf(id)).text).toBe("끊긴 동안 쓴 글");
});

test("without script it is a form: adds, removes, changes the type, and asks for approval", async ({ browser }) => {
  const page = await opened(browser, "/templates/new?type=RICH_TEXT", { javaScriptEnabled: false });
  await page.getByLabel("이름").fill(`글 ${fresh()}`);
  await page.getByRole("button", { name: "만들기" }).click();
  await expect(page.getByRole("status").filter({ hasText: "템플릿을 만들었습니다" })).toBeVisible();
  const id = /templates\/([^/]+)/.exec(page.url())?.[1] ?? "";
  await page.getByRole("button", { name: "버튼 추가" }).click();
  await page.getByLabel("문구", { exact: true }).fill("처음 쓴 글");
  const button = page.getByRole("group", { name: "버튼 1" });
  await button.getByLabel("이름").fill("예약 보기");
  await page.getByRole("button", { name: "승인 요청" }).click();
  await expect(page.getByText("고칠 곳이 있어 승인을 요청하지 않았습니다")).toBeVisible();
  await expect(page.getByLabel("문구", { exact: true })).toHaveValue("처음 쓴 글");
  expect((await textOf(id)).buttons[0]?.name).toBe("예약 보기");
  await page.getByRole("button", { name: "버튼 1 지우기" }).click();
  await expect(page.getByRole("group", { name: "버튼 1" })).toHaveCount(0);
  await page.getByText("형식 바꾸기").click();
  await page.getByLabel("바꿀 형식").selectOption("PLAIN_TEXT");
  await page.getByRole("button", { name: "무엇이 없어지는지 보기" }).click();
  await expect(page.getByText("텍스트형으로 바꿔도 없어지는 것이 없습니다")).toBeVisible();
  await page.getByRole("button", { name: "바꾸기", exact: true }).click();
  await expect.poll(async () => (await textOf(id)).type).toBe("PLAIN_TEXT");
  await page.getByRole("button", { name: "승인 요청" }).click();
  await expect(page.getByText("승인을 요청했습니다.")).toBeVisible();
});

test("without script, too, nobody overwrites anybody", async ({ browser }) => {
  const { id, address } = await draft({ ...emptyContent("PLAIN_TEXT"), text: "처음 글" });
  const [one, other] = [
    await opened(browser, address, { javaScriptEnabled: false }),
    await opened(browser, address, { javaScriptEnabled: false }),
  ];
  await other.getByLabel("문구", { exact: true }).fill("먼저 저장한 글");
  await other.getByRole("button", { name: "저장", exact: true }).click();
  await one.getByLabel("문구", { exact: true }).fill("나중에 쓴 글");
  await one.getByRole("button", { name: "저장", exact: true }).click();
  await expect(one.getByRole("row", { name: /문구/ })).toContainText("먼저 저장한 글");
  expect((await textOf(id)).text).toBe("먼저 저장한 글");
  await expect(one.getByLabel("문구", { exact: true })).toHaveValue("나중에 쓴 글");
  await one.getByRole("button", { name: "내 글로 저장" }).click();
  await expect.poll(async () => (await textOf(id)).text).toBe("나중에 쓴 글");
});

test("the address that saves answers each as it should", async () => {
  const { id } = await draft({ ...emptyContent("PLAIN_TEXT"), text: "처음 글" });
  const { MARKETER, COMPLIANCE_OFFICER } = company.people;
  const at = `/templates/${id}/draft`;
  const send = (who: Colleague | null, body: string, address = at) =>
    fetch(new URL(address, base), {
      ...{ method: "POST", body, redirect: "manual" as const },
      headers: {
        ...{ "Content-Type": "application/json", Origin: base.origin },
        ...(who ? { Cookie: `${sessionCookieName}=${who.caller.jar.get(sessionCookieName)}` } : {}),
      },
    });
  const said = (revision: number, text: string) =>
    JSON.stringify({ revision, content: { ...emptyContent("PLAIN_TEXT"), text } });
  const good = await send(MARKETER, said(1, "둘째 글"));
  expect([good.status, await good.json()]).toEqual([200, { revision: 2 }]);
  const stale = await send(MARKETER, said(1, "늦은 글"));
  expect(stale.status).toBe(409);
  expect(await stale.json()).toMatchObject({ current: { number: 2, content: { text: "둘째 글" } } });
  expect((await send(null, said(2, "x"))).status).toBe(401);
  expect((await send(COMPLIANCE_OFFICER, said(2, "x"))).status).toBe(403);
  expect((await send(MARKETER, said(2, "x"), `/templates/${crypto.randomUUID()}/draft`)).status).toBe(404);
  expect((await send((await openCompany()).people.MARKETER, said(2, "x"))).status).toBe(404);
  for (const body of ["", "{", "[]", '{"revision":2}', said(2, "x".repeat(6_000)), said(2, "\ud800")])
    expect((await send(MARKETER, body)).status).toBe(422);
  expect((await send(MARKETER, said(2, "x".repeat(3_000_000)))).status).toBe(413);
  expect((await textOf(id)).text).toBe("둘째 글");
});

for (const [width, colorScheme] of [
  [1440, "light"],
  [1440, "dark"],
  [390, "light"],
  [390, "dark"],
] as const) {
  test(`all eleven types at ${width} px, ${colorScheme}`, async ({ browser }) => {
    test.setTimeout(120_000);
    const page = await opened(browser, "/templates/types", { viewport: { width, height: 900 }, colorScheme });
    await expect(bubble(page)).toHaveCount(11);
    for (const room of await bubble(page).all()) {
      expect(await room.evaluate((one) => getComputedStyle(one).backgroundColor)).toBe("rgb(185, 203, 217)");
      const card = room.locator(".bubble-card, .bubble-text, .bubble-file, .bubble-photo").first();
      const box = await card.boundingBox();
      expect(box?.width).toBeGreaterThan(100);
      expect(box?.width).toBeLessThanOrEqual(252);
    }
    await accessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    for (const content of exampleContents) {
      const { address } = await draft(content);
      await page.goto(address);
      await awake(page);
      await accessible(page);
      expect([content.type, await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)]).toEqual([
        content.type,
        true,
      ]);
    }
  });
}

test("at 200 % nothing is cut off, and the keyboard reaches the cards", async ({ browser }) => {
  const { address } = await draft(exampleContent("CAROUSEL_FEED"));
  const page = await opened(browser, address, { viewport: { width: 720, height: 500 }, deviceScaleFactor: 2 });
  await awake(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  const cards = page.getByRole("region", { name: "카드 묶음" });
  await cards.focus();
  await expect(cards).toBeFocused();
  const before = await cards.evaluate((one) => one.scrollLeft);
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => cards.evaluate((one) => one.scrollLeft)).toBeGreaterThan(before);
});

test("on paper every card is seen, and nothing to press", async ({ browser }) => {
  const { id } = await draft(exampleContent("CAROUSEL_FEED"));
  const page = await opened(browser, `/templates/${id}`);
  await page.emulateMedia({ media: "print" });
  const cards = await bubble(page).getByRole("article").all();
  expect(cards).toHaveLength(2);
  for (const card of cards) await expect(card).toBeInViewport({ ratio: 0.9 });
});
