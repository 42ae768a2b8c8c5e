import { expect, type Page, test } from "@playwright/test";
import { createTemplate, saveDraft } from "@/lib/templates/commands/save-draft";
import { approveTemplate, submitTemplate, withdrawTemplate } from "@/lib/templates/commands/take-step";
import { contentHash } from "@/lib/templates/rules/content-hash";
import { templateContentSchema } from "@/lib/templates/schema/content";
import { createTemplateSchema, saveDraftSchema } from "@/lib/templates/schema/template";
import { type Company, openCompany } from "./harness-company";
import { accessible, pageOf } from "./harness-page";
import { count, fresh } from "./probes/probe";

let company: Company;
test.beforeAll(async () => {
  company = await openCompany();
});

const text = (words: string) => templateContentSchema.parse({ type: "PLAIN_TEXT", text: words });

/** A draft of the marketer's. @returns its id, its name and the hash of what it says */
async function draft(words: string, more: object = {}): Promise<{ id: string; name: string; hash: string }> {
  const name = `안내 ${fresh()}`;
  const content = text(words);
  const input = createTemplateSchema.parse({ name, content, ...more });
  return { id: await createTemplate(company.people.MARKETER.actor, input), name, hash: contentHash(content) };
}

const table = (page: Page, name = "템플릿 목록") => page.getByRole("figure", { name });

test("a marketer submits, an officer approves the very text, and it goes to work and ends", async ({ browser }) => {
  const { MARKETER, COMPLIANCE_OFFICER, AUDITOR } = company.people;
  const { id, name, hash } = await draft("상담은 평일 9시부터 18시까지 합니다.");
  const at = `/templates/${id}`;
  const marketer = await pageOf(browser, MARKETER, at);
  await expect(marketer.getByRole("heading", { level: 1 })).toContainText(name);
  await expect(marketer.getByText("상담은 평일 9시부터 18시까지 합니다.").first()).toBeVisible();
  await accessible(marketer);
  await marketer.getByRole("button", { name: "승인 요청" }).click();
  const dialog = marketer.getByRole("dialog");
  await dialog.getByLabel("덧붙일 말").fill("내일 아침부터 쓰려고 합니다.");
  await accessible(marketer);
  await dialog.getByRole("button", { name: "승인 요청" }).click();
  await expect(marketer.getByText("승인을 요청했습니다.")).toBeVisible();
  await expect(marketer.getByRole("button", { name: "승인", exact: true })).toHaveCount(0);

  // It waits on the officer's first page, and only there.
  const officer = await pageOf(browser, COMPLIANCE_OFFICER, "/");
  const waiting = officer.getByRole("link", { name: new RegExp(`${name} v1 승인`) }).first();
  await expect(waiting).toHaveAttribute("href", at);
  await officer.goto(at);
  await expect(officer.getByText("내일 아침부터 쓰려고 합니다.").first()).toBeVisible();
  await officer.getByRole("button", { name: "승인", exact: true }).click();
  await expect(officer.getByRole("dialog").getByTitle(hash)).toBeVisible();
  await officer.getByRole("dialog").getByRole("button", { name: "승인" }).click();
  await expect(officer.getByText("승인했습니다.")).toBeVisible();
  await officer.context().close();

  await marketer.goto(at);
  await marketer.getByRole("button", { name: "사용 시작" }).click();
  await dialog.getByLabel("쓰는 곳").fill("공통 > 시간 외");
  await accessible(marketer);
  await dialog.getByRole("button", { name: "사용 시작" }).click();
  await expect(marketer.getByText("사용을 시작했습니다.")).toBeVisible();
  await expect(table(marketer, "쓰는 곳 목록")).toContainText("공통 > 시간 외");
  await marketer.getByRole("button", { name: "쓰는 곳 추가" }).click();
  await dialog.getByLabel("쓰는 방법").selectOption({ label: "딜러에 등록" });
  await dialog.getByLabel("쓰는 곳").fill("TPL-12");
  await dialog.getByRole("button", { name: "쓰는 곳 추가" }).click();
  await expect(table(marketer, "쓰는 곳 목록")).toContainText("TPL-12");
  await marketer.getByRole("button", { name: "사용 종료" }).click();
  await dialog.getByRole("button", { name: "사용 종료" }).click();
  await expect(marketer.getByText("사용을 끝냈습니다.")).toBeVisible();
  await marketer.getByRole("button", { name: "보관함에 넣기" }).click();
  await dialog.getByRole("button", { name: "보관함에 넣기" }).click();
  await expect(marketer.getByText("보관함에 넣었습니다.")).toBeVisible();
  await accessible(marketer);
  await marketer.goto(`/templates?q=${encodeURIComponent(name)}`);
  await expect(marketer.getByText("조건에 맞는 템플릿이 없습니다")).toBeVisible();
  await marketer.goto(`/templates?state=archived&q=${encodeURIComponent(name)}`);
  await expect(table(marketer).getByRole("row", { name: new RegExp(name) })).toContainText("보관함");
  await marketer.context().close();

  // Who only reads finds the same page without a single act on it.
  const auditor = await pageOf(browser, AUDITOR, at);
  await expect(auditor.getByText("보관함").first()).toBeVisible();
  await expect(auditor.getByRole("main").locator("form")).toHaveCount(0);
  await auditor.context().close();
});

test("an approval of a text that has changed meanwhile is refused", async ({ browser }) => {
  const { MARKETER, COMPLIANCE_OFFICER } = company.people;
  const { id, hash } = await draft("처음 글");
  const about = { templateId: id, hash, note: "" };
  await submitTemplate(MARKETER.actor, about);
  const officer = await pageOf(browser, COMPLIANCE_OFFICER, `/templates/${id}`);
  await officer.getByRole("button", { name: "승인", exact: true }).click();
  // The writer takes it back, writes it anew and asks again while the officer still looks at the first text.
  await withdrawTemplate(MARKETER.actor, about);
  const content = text("다시 쓴 글");
  await saveDraft(MARKETER.actor, saveDraftSchema.parse({ templateId: id, revision: 1, content }));
  await submitTemplate(MARKETER.actor, { templateId: id, hash: contentHash(content), note: "" });
  await officer.getByRole("dialog").getByRole("button", { name: "승인" }).click();
  await expect(officer.getByText(/그사이 본문이 바뀌었습니다/)).toBeVisible();
  expect(await count("SELECT count(*) n FROM template_steps WHERE template_id = $1 AND kind = 'approved'", id)).toBe(0);
  await officer.context().close();
});

test("without script a text is sent back with a reason, written anew, and both versions stand side by side", async ({
  browser,
}) => {
  const { MARKETER, COMPLIANCE_OFFICER } = company.people;
  const { id, hash, name } = await draft("교환은 7일 안에 접수해 주십시오.");
  await submitTemplate(MARKETER.actor, { templateId: id, hash, note: "" });
  const at = `/templates/${id}`;
  const officer = await pageOf(browser, COMPLIANCE_OFFICER, at, { javaScriptEnabled: false });
  await officer.getByText("반려", { exact: true }).first().click();
  await officer.getByLabel("돌려보내는 이유").fill("기한이 시작하는 날을 적어 주십시오.");
  await officer.getByRole("button", { name: "반려" }).click();
  await expect(officer.getByText("돌려보냈습니다.")).toBeVisible();
  await officer.getByRole("textbox", { name: "의견" }).fill("나머지는 좋습니다.");
  await officer.getByRole("button", { name: "의견 남기기" }).click();
  await expect(officer.getByText("의견을 남겼습니다.")).toBeVisible();
  await expect(officer.getByText("나머지는 좋습니다.")).toBeVisible();
  await officer.context().close();

  const marketer = await pageOf(browser, MARKETER, "/");
  await expect(marketer.getByRole("link", { name: new RegExp(`${name} v1 반려`) }).first()).toHaveAttribute("href", at);
  const content = text("교환은 받으신 날부터 7일 안에 접수해 주십시오.");
  await saveDraft(MARKETER.actor, saveDraftSchema.parse({ templateId: id, revision: 1, content }));
  await submitTemplate(MARKETER.actor, { templateId: id, hash: contentHash(content), note: "" });
  await marketer.goto(at);
  await marketer.getByRole("link", { name: "판 견주기" }).click();
  await expect(marketer.getByRole("region", { name: "v1" })).toContainText("교환은 7일 안에 접수해 주십시오.");
  await expect(marketer.getByRole("region", { name: "v2" })).toContainText("받으신 날부터 7일");
  await expect(table(marketer, "바뀐 곳").getByRole("row", { name: /문구/ })).toContainText("받으신 날부터");
  await accessible(marketer);
  await marketer.context().close();
});

test("the library is searched by what templates say, narrowed, sorted and paged", async ({ browser }) => {
  const { MARKETER, COMPLIANCE_OFFICER } = company.people;
  const word = fresh();
  const tag = word.slice(-8);
  const first = await draft(`배송이 늦어져 죄송합니다 ${word} 운송장을 확인합니다.`, { tags: [tag] });
  const second = await draft(`다른 말 ${word}`, { channelId: company.channelId });
  const about = { templateId: second.id, hash: second.hash, note: "" };
  await submitTemplate(MARKETER.actor, about);
  await approveTemplate(COMPLIANCE_OFFICER.actor, about);
  const page = await pageOf(browser, company.people.AUDITOR, "/templates");
  await accessible(page);
  const rows = table(page).locator("tbody tr");
  // In the middle of a Korean word, as people remember it.
  await page.getByRole("searchbox").fill(`송장을 확인`);
  await page.getByRole("button", { name: "적용" }).click();
  await expect(rows).toHaveCount(1);
  await expect(rows.first()).toContainText(first.name);
  await page.goto(`/templates?q=${encodeURIComponent(word)}`);
  await expect(rows).toHaveCount(2);
  await expect(page.getByRole("navigation", { name: "형식으로 거르기" }).getByText("전체2")).toBeVisible();
  await page.getByLabel("상태").selectOption({ label: "상태: 승인" });
  await page.getByRole("button", { name: "적용" }).click();
  await expect(rows).toHaveCount(1);
  await expect(rows.first()).toContainText(second.name);
  await page.goto(`/templates?tag=${encodeURIComponent(tag)}`);
  await expect(rows).toHaveCount(1);
  await page.goto(`/templates?q=${encodeURIComponent(word)}&type=CAROUSEL_FEED`);
  await expect(page.getByText("조건에 맞는 템플릿이 없습니다")).toBeVisible();

  // The same two as their readers get them.
  await page.goto(`/templates?q=${encodeURIComponent(word)}`);
  await page.getByRole("link", { name: "말풍선", exact: true }).click();
  const bubbles = page.getByRole("list", { name: "템플릿 목록" });
  await expect(bubbles.getByRole("figure")).toHaveCount(2);
  await expect(bubbles).toContainText("운송장을 확인합니다.");
  await accessible(page);

  const many = fresh();
  for (let place = 0; place < 52; place += 1) {
    const name = `${many} ${String(place).padStart(2, "0")}`;
    await createTemplate(MARKETER.actor, createTemplateSchema.parse({ name, content: text("쪽") }));
  }
  await page.goto(`/templates?q=${encodeURIComponent(many)}`);
  await page.getByRole("columnheader", { name: "이름" }).getByRole("link").click();
  await expect(rows).toHaveCount(50);
  await expect(rows.first()).toContainText(`${many} 00`);
  await page.getByRole("link", { name: "다음" }).click();
  await expect(rows).toHaveCount(2);
  await expect(rows.last()).toContainText(`${many} 51`);
  await page.getByRole("link", { name: "이전" }).click();
  await expect(rows).toHaveCount(50);
  await page.context().close();
});

test("a copy begins as a draft, and name, tags and owner change without touching what was approved", async ({
  browser,
}) => {
  const { MARKETER, COMPLIANCE_OFFICER } = company.people;
  const { id, name, hash } = await draft("무엇을 도와드릴까요?");
  await submitTemplate(MARKETER.actor, { templateId: id, hash, note: "" });
  await approveTemplate(COMPLIANCE_OFFICER.actor, { templateId: id, hash, note: "" });
  const page = await pageOf(browser, MARKETER, `/templates/${id}`);
  await page.getByRole("button", { name: "정보 고치기" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("이름").fill("");
  await dialog.getByRole("button", { name: "저장" }).click();
  await expect(dialog).toBeVisible();
  await dialog.getByLabel("이름").fill(`${name} 새 이름`);
  await dialog.getByLabel("태그").fill("인사, 공통");
  await dialog.getByRole("button", { name: "저장" }).click();
  await expect(page.getByText("저장했습니다.")).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(`${name} 새 이름`);
  await expect(page.getByRole("button", { name: "사용 시작" })).toBeVisible();
  await page.getByRole("button", { name: "복제" }).click();
  await dialog.getByLabel("새 이름").fill(`${name} 둘째`);
  await dialog.getByRole("button", { name: "복제" }).click();
  await expect(page.getByText("템플릿을 복제했습니다.")).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(`${name} 둘째`);
  await expect(page.getByRole("button", { name: "승인 요청" })).toBeVisible();
  await page.context().close();
});

test("a template that breaks a rule says where, and offers no submission", async ({ browser }) => {
  const { id } = await draft("가".repeat(1_001));
  const page = await pageOf(browser, company.people.MARKETER, `/templates/${id}`);
  await expect(page.getByText("고칠 곳 1곳")).toBeVisible();
  await expect(page.getByText(/1001자입니다. 1000자까지/)).toBeVisible();
  await expect(page.getByRole("button", { name: "승인 요청" })).toHaveCount(0);
  await accessible(page);
  await page.context().close();
});
