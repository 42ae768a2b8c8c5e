import { expect, type Page, test } from "@playwright/test";
import { accessible } from "./harness-page";
import { people, signInByCookie as signIn } from "./sign-in";

const run = Date.now().toString(36);

/** The marketer hands in a list and answers its preview. */
async function handIn(page: Page, text: string): Promise<void> {
  await page.goto("/placements/import");
  await page.getByLabel("목록 파일").setInputFiles({ name: "곳.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
  await page.getByRole("button", { name: "읽어 보기" }).click();
}

for (const script of [true, false]) {
  test.describe(script ? "with script" : "without script", () => {
    test.use({ javaScriptEnabled: script });

    test(`the marketer makes a list of places, edits the ticked ones and takes them down${script ? "" : ", without script"}`, async ({
      page,
    }) => {
      const campaign = `목록 ${run}${script}`;
      await signIn(page, people.marketer);
      await page.goto("/placements");
      await page.getByRole("link", { name: "목록 가져오기" }).click();
      if (script) await accessible(page);
      await handIn(page, "아무 열\n값");
      await expect(page.getByRole("main").getByRole("alert")).toContainText("'이름'과 '종류' 열을 찾지 못했습니다");

      const rows = [
        "채널,이름,종류,매장,둔 곳,캠페인,태그",
        ...["가", "나"].map(
          (one) => `한결생활,계산대 ${one} ${run},인쇄,강남점,${one} ${run}${script},${campaign},매장`,
        ),
      ];
      await handIn(page, [...rows, "없는 채널,틀린 줄,하늘,,,,"].join("\n"));
      await expect(page.getByText("2곳을 만들 수 있습니다")).toBeVisible();
      await expect(page.getByText("1줄은 틀린 데가 있어 빼고 만듭니다.")).toBeVisible();
      await expect(page.getByRole("figure", { name: "틀린 줄" }).getByRole("row")).toHaveCount(3);
      if (script) await accessible(page);
      await page.getByRole("button", { name: "2곳 만들기" }).click();
      await expect(page.getByText("목록의 버튼을 만들었습니다.")).toBeVisible();

      await page.goto(`/placements?${new URLSearchParams({ campaign })}`);
      for (const one of ["가", "나"]) await page.getByLabel(`계산대 ${one} ${run} 선택`).check();
      await page.getByRole("button", { name: "고른 곳 다루기" }).click();
      await expect(page.getByRole("figure", { name: "고른 곳" }).getByRole("row")).toHaveCount(3);
      if (script) await accessible(page);
      await page.getByRole("button", { name: "2곳 고치기" }).click();
      await expect(page.getByRole("main").getByRole("alert")).toContainText("한 가지는 골라 주십시오");
      await page.getByLabel("붙일 태그").fill(`겨울${run}`);
      await page.getByLabel("새 담당").selectOption({ label: "오지훈" });
      await page.getByRole("button", { name: "2곳 고치기" }).click();
      await expect(page.getByText("고른 곳을 고쳤습니다.")).toBeVisible();
      await page.goto(`/placements?${new URLSearchParams({ tag: `겨울${run}`, sort: "name" })}`);
      await expect(page.getByRole("link", { name: /^계산대/ })).toHaveText([`계산대 가 ${run}`, `계산대 나 ${run}`]);
      for (const one of ["가", "나"]) await page.getByLabel(`계산대 ${one} ${run} 선택`).check();
      await page.getByRole("button", { name: "고른 곳 다루기" }).click();
      await page.locator("summary", { hasText: "고른 버튼 내리기" }).click();
      await page.getByLabel("내리는 까닭").fill("시험이 끝났습니다");
      await page.getByRole("button", { name: "2곳 내리기" }).click();
      await expect(page.getByText("버튼을 내렸습니다.")).toBeVisible();
    });

    test(`codes of a dealer's report are read back${script ? "" : ", without script"}`, async ({ page }) => {
      await signIn(page, people.auditor);
      await page.goto("/placements/decode");
      await page.getByLabel("extra 값").fill(`pl_home_footer\t1,204\nPL_BOX_RUN3,3\nnobody_${run},2\n상담`);
      await page.getByRole("button", { name: "풀이" }).click();
      await expect(page.getByText("4가지 값 가운데 3가지는 살펴보아야 합니다.")).toBeVisible();
      const table = page.getByRole("figure", { name: "풀이한 값" });
      await expect(table.getByRole("row").filter({ hasText: "pl_home_footer" })).toContainText("1,204");
      await expect(table.getByRole("row").filter({ hasText: `nobody_${run}` })).toContainText("모르는 코드입니다");
      await expect(table.getByRole("row").filter({ hasText: "PL_BOX_RUN3" })).toContainText("대소문자가 다릅니다");
      await expect(page.getByLabel("extra 값")).toHaveValue(/pl_home_footer/);
      if (script) await accessible(page);
      await table.getByRole("link", { name: "홈 하단" }).click();
      await expect(page.getByRole("heading", { level: 1, name: "홈 하단" })).toBeVisible();
    });
  });
}

test("what is wrong with the code book is found and handed over", async ({ page }) => {
  await signIn(page, people.marketer);
  await page.goto("/placements/findings");
  await expect(page.getByRole("heading", { name: "기간이 지난 곳" })).toBeVisible();
  await accessible(page);
  await page.getByRole("link", { name: /^기간이 지난 곳/ }).click();
  await expect(page.getByRole("link", { name: "멤버십 가입 안내문 2쇄" })).toBeVisible();
  await page.getByRole("link", { name: "담당 넘기기" }).click();
  await accessible(page);
  await page.getByRole("button", { name: "모두 넘기기" }).click();
  await expect(page.getByRole("main").getByRole("alert").getByRole("link").first()).toBeVisible();
});

test("auditors import nothing and hand over nothing", async ({ page }) => {
  await signIn(page, people.auditor);
  for (const path of ["/placements/import", "/placements/bulk", "/placements/hand-over"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { name: "이 역할로는 할 수 없습니다" })).toBeVisible();
  }
  expect((await page.request.get("/placements/import/sample")).status()).toBe(404);
  await page.goto("/placements/findings");
  await expect(page.getByRole("link", { name: "담당 넘기기" })).toHaveCount(0);
});
