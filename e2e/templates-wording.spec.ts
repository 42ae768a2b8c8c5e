import { expect, test } from "@playwright/test";
import { createTemplate } from "@/lib/templates/commands/save-draft";
import { templateContentSchema } from "@/lib/templates/schema/content";
import { createTemplateSchema } from "@/lib/templates/schema/template";
import { type Company, openCompany } from "./harness-company";
import { accessible, pageOf } from "./harness-page";
import { fresh } from "./probes/probe";

let company: Company;
test.beforeAll(async () => {
  company = await openCompany();
});

test("an officer adds a rule, a marketer is kept from it, and it ends", async ({ browser }) => {
  const { COMPLIANCE_OFFICER, MARKETER } = company.people;
  const words = `무조건 ${fresh()}`;
  const officer = await pageOf(browser, COMPLIANCE_OFFICER, "/templates/wording");
  await accessible(officer);
  await officer.getByRole("button", { name: "규칙 추가" }).click();
  const dialog = officer.getByRole("dialog");
  await accessible(officer);
  await dialog.getByLabel("말", { exact: true }).fill(words);
  await dialog.getByLabel("승인 요청을 막음").check();
  await dialog.getByLabel("이유").fill("단정하지 않습니다");
  await dialog.getByLabel("마지막 날").fill("2020-01-01");
  await dialog.getByRole("button", { name: "추가" }).click();
  await expect(dialog.getByText("시작일보다 빠릅니다.").first()).toBeVisible();
  await expect(dialog.getByLabel("말", { exact: true })).toHaveValue(words);
  await dialog.getByLabel("마지막 날").fill("");
  await dialog.getByRole("button", { name: "추가" }).click();
  await expect(officer.getByText("규칙을 추가했습니다.")).toBeVisible();
  await expect(officer.getByRole("row", { name: new RegExp(words) })).toContainText("승인 요청을 막음");
  await accessible(officer);

  const content = templateContentSchema.parse({
    ...{ type: "PLAIN_TEXT", text: `${words} 됩니다. 주민등록번호를 남겨 주십시오.` },
  });
  const id = await createTemplate(MARKETER.actor, createTemplateSchema.parse({ name: `안내 ${fresh()}`, content }));
  const marketer = await pageOf(browser, MARKETER, `/templates/${id}`);
  await expect(marketer.getByText(`회사가 쓰지 않기로 한 말입니다: ${words} (단정하지 않습니다)`)).toBeVisible();
  await expect(marketer.getByText("법령이 정한 때에만 처리할 수 있습니다", { exact: false })).toBeVisible();
  await accessible(marketer);
  await marketer.goto("/templates/wording");
  await expect(marketer.getByText(words)).toBeVisible();
  await expect(marketer.getByRole("button", { name: "규칙 추가" })).toHaveCount(0);

  const row = officer.getByRole("row", { name: new RegExp(words) });
  await row.getByRole("button", { name: "끝내기" }).click();
  await officer.getByRole("dialog").getByRole("button", { name: "끝내기" }).click();
  await expect(officer.getByText("마지막 날을 정했습니다.")).toBeVisible();
  await expect(row).toHaveCount(0);
  await officer.getByRole("link", { name: "모두", exact: true }).click();
  await expect(row).toContainText("끝남");
  await marketer.goto(`/templates/${id}`);
  await expect(marketer.getByText("회사가 쓰지 않기로 한 말입니다", { exact: false })).toHaveCount(0);
  for (const page of [officer, marketer]) await page.context().close();
});

test("what dealers are sent is shown, copied and downloaded", async ({ browser }) => {
  const { MARKETER } = company.people;
  const content = templateContentSchema.parse({
    ...{
      type: "RICH_TEXT",
      text: "#{이름} 고객님, 안녕하세요.",
      buttons: [{ name: "보기", urlMobile: "https://a.example/" }],
    },
    variables: [{ name: "이름", max: 10, samples: ["하나"] }],
  });
  const id = await createTemplate(MARKETER.actor, createTemplateSchema.parse({ name: `안내 ${fresh()}`, content }));
  const page = await pageOf(browser, MARKETER, `/templates/${id}`);
  await page.getByRole("link", { name: "딜러 전송 형식" }).click();
  await expect(page.getByText("승인받지 않은 본문입니다.")).toBeVisible();
  await accessible(page);
  const body = page.getByRole("figure", { name: "인포뱅크 본문" });
  await expect(body).toContainText("#{이름} 고객님");
  await page.getByRole("link", { name: "예시 값", exact: true }).click();
  await expect(body).toContainText("하나 고객님");
  const waiting = page.waitForEvent("download");
  await page.getByRole("link", { name: "인포뱅크 받기" }).click();
  const chunks: Buffer[] = [];
  for await (const chunk of await (await waiting).createReadStream()) chunks.push(chunk as Buffer);
  const sent = JSON.parse(Buffer.concat(chunks).toString("utf8")) as Record<string, unknown>;
  expect(sent).toMatchObject({ msgType: "TEXT", message: "하나 고객님, 안녕하세요." });
  await page.context().close();
});

test("templates are handed out as a pack and as a list of texts", async ({ browser }) => {
  const { MARKETER } = company.people;
  const name = `안내 ${fresh()}`;
  const content = templateContentSchema.parse({ type: "PLAIN_TEXT", text: "내보낼 문구입니다." });
  await createTemplate(MARKETER.actor, createTemplateSchema.parse({ name, content }));
  const page = await pageOf(browser, MARKETER, "/templates/transfer");
  await accessible(page);
  await page.getByLabel("아래에서 고른 것만").check();
  await page.getByRole("button", { name: "파일 받기" }).click();
  await expect(page.getByText("내보낼 템플릿을 골라 주십시오.")).toBeVisible();
  await page.getByLabel("문구 목록 (CSV)").check();
  await page.getByLabel("아래에서 고른 것만").check();
  await page.getByLabel(name).check();
  const waiting = page.waitForEvent("download");
  await page.getByRole("button", { name: "파일 받기" }).click();
  const chunks: Buffer[] = [];
  for await (const chunk of await (await waiting).createReadStream()) chunks.push(chunk as Buffer);
  expect(Buffer.concat(chunks).toString("utf8")).toContain("내보낼 문구입니다.");
  await page.context().close();
});

test("a pack and texts that come back are looked at first, then taken", async ({ browser }) => {
  const { MARKETER } = company.people;
  const [name, text] = [`돌아온 안내 ${fresh()}`, "내보낸 문구입니다."];
  const content = templateContentSchema.parse({ type: "PLAIN_TEXT", text });
  const id = await createTemplate(MARKETER.actor, createTemplateSchema.parse({ name, content }));
  const page = await pageOf(browser, MARKETER, "/templates/transfer");
  const chosen = async (way: string) => {
    await page.goto("/templates/transfer");
    await page.getByLabel(way).check();
    await page.getByLabel("아래에서 고른 것만").check();
    await page.locator(`input[value="${id}"]`).check();
    const waiting = page.waitForEvent("download");
    await page.getByRole("button", { name: "파일 받기" }).click();
    const chunks: Buffer[] = [];
    for await (const chunk of await (await waiting).createReadStream()) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  };
  const upload = async (file: { name: string; mimeType: string; buffer: Buffer }) => {
    await page.goto("/templates/transfer");
    await page.getByLabel("묶음(ZIP) 또는 문구 목록(CSV)").setInputFiles(file);
    await page.getByRole("button", { name: "미리 보기" }).click();
  };
  const pack = await chosen("묶음 (ZIP)");
  await upload({ name: "pack.zip", mimeType: "application/zip", buffer: pack.subarray(0, 100) });
  await expect(page.getByText("읽을 수 없는 ZIP 파일입니다.")).toBeVisible();
  await upload({ name: "pack.zip", mimeType: "application/zip", buffer: pack });
  const row = page.getByRole("row", { name: new RegExp(name) });
  await expect(row).toContainText("같은 본문이 있음");
  await expect(row).toContainText(`들어올 이름: ${name} (2)`);
  await accessible(page);
  await page.getByRole("button", { name: "고른 것을 초안으로 만들기" }).click();
  await expect(page.getByText("가져올 것을 골라 주십시오.")).toBeVisible();
  await page.getByLabel(`${name} 가져오기`).check();
  await page.getByRole("button", { name: "고른 것을 초안으로 만들기" }).click();
  await expect(page.getByText("초안으로 만들었습니다.")).toBeVisible();
  await expect(page.getByRole("link", { name: `${name} (2)` })).toBeVisible();

  const list = (await chosen("문구 목록 (CSV)")).toString("utf8");
  const cut = list.lastIndexOf(text);
  const back = `${list.slice(0, cut)}옮긴 문구입니다.${list.slice(cut + text.length)}`;
  await upload({ name: "texts.csv", mimeType: "text/csv", buffer: Buffer.from(back) });
  await expect(page.getByRole("row", { name: /옮긴 문구입니다/ })).toContainText("바뀜");
  await accessible(page);
  await page.getByRole("button", { name: "고른 것의 문구 고치기" }).click();
  await expect(page.getByText("문구를 고쳐 초안으로 저장했습니다.")).toBeVisible();
  await page.goto(`/templates/${id}`);
  await expect(page.getByText("옮긴 문구입니다.").first()).toBeVisible();
  await upload({ name: "texts.csv", mimeType: "text/csv", buffer: Buffer.from(back) });
  await expect(page.getByText("바뀐 문구가 없습니다.")).toBeVisible();
  await page.getByRole("button", { name: "버리기" }).click();
  await expect(page.getByText("올린 파일을 버렸습니다.")).toBeVisible();
  await page.context().close();
});

test("the addresses of a message are opened when somebody asks", async ({ browser }) => {
  const { MARKETER } = company.people;
  const buttons = [{ type: "WL", name: "보기", urlMobile: "https://127.0.0.1/inside" }];
  const content = templateContentSchema.parse({ type: "RICH_TEXT", text: "주소가 있는 글입니다.", buttons });
  const id = await createTemplate(MARKETER.actor, createTemplateSchema.parse({ name: `안내 ${fresh()}`, content }));
  const page = await pageOf(browser, MARKETER, `/templates/${id}`);
  await expect(page.getByText("열어 보지 않음")).toBeVisible();
  await page.getByRole("button", { name: "지금 열어 보기" }).click();
  await expect(page.getByText("주소를 열어 보았습니다. 열리지 않는 곳이 있습니다.")).toBeVisible();
  await expect(page.getByText("공개된 https 주소가 아님")).toBeVisible();
  await accessible(page);
  await page.context().close();
});

test("notices and consent forms are read among the templates, each leading to its home", async ({ browser }) => {
  const page = await pageOf(browser, company.people.MARKETER, "/templates/locked");
  await accessible(page);
  const forms = page.getByRole("list", { name: "동의 문안" });
  await expect(forms.getByText("잠김").first()).toBeVisible();
  await expect(forms.getByRole("link").first()).toHaveAttribute("href", /^\/privacy\/consents\//);
  await expect(page.getByRole("button", { name: /고치기|편집/ })).toHaveCount(0);
  await page.context().close();
});

test("the examples are taken over without script, marked as examples", async ({ browser }) => {
  const other = await openCompany();
  const page = await pageOf(browser, other.people.COMPLIANCE_OFFICER, "/templates/wording", {
    javaScriptEnabled: false,
  });
  await expect(page.getByText("정한 문구 규칙이 없습니다")).toBeVisible();
  await page.locator("summary", { hasText: "예시 가져오기" }).click();
  await page.getByRole("button", { name: "예시 가져오기" }).last().click();
  await expect(page.getByText("예시를 가져왔습니다.")).toBeVisible();
  await expect(page.getByRole("row", { name: /\(광고\)/ })).toContainText("예시");
  await page.context().close();
});
