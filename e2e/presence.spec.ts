// A page of the company's own site: the button hangs, moves away, comes back; what a machine saw is there for people.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, type Page, test } from "@playwright/test";
import { accessible } from "./harness-page";
import { people, signInByCookie } from "./sign-in";

/** What scripts/rehearsal.ts lists in DAMSO_OUTBOUND_ALLOW. */
const siteAddress = "127.0.0.78";
const run = Date.now().toString(36);
const words = "<p>고객센터 안내입니다. 평일 아홉 시부터 여섯 시까지 상담합니다.</p>".repeat(8);

let site: Server;
let at = "";
let body = "";

test.beforeAll(async () => {
  site = createServer((_request, response) => {
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
    response.end(`<!doctype html><title>안내</title>${words}${body}`);
  });
  await new Promise<void>((resolve) => site.listen(0, siteAddress, resolve));
  at = `http://${siteAddress}:${(site.address() as AddressInfo).port}`;
});
test.afterAll(async () => {
  site.closeAllConnections();
  await new Promise((resolve) => site.close(resolve));
});

/** Asks for a look and waits until the newest one says so. The plan may have looked by itself meanwhile. @param looks at least so many by then */
async function look(page: Page, says: string, looks: number): Promise<void> {
  await page.getByRole("button", { name: "지금 점검" }).click();
  await expect(page.getByText("점검을 맡겼습니다.", { exact: false })).toBeVisible();
  await expect(async () => {
    await page.reload();
    const counted = await page.getByText(/^\d+번$/).textContent({ timeout: 500 });
    expect(Number.parseInt(counted ?? "", 10)).toBeGreaterThanOrEqual(looks);
    await expect(page.getByRole("main").getByText(says, { exact: true }).first()).toBeVisible({ timeout: 500 });
  }).toPass();
}

test("a marketer has a page looked at, before and after the button is on it, and once it is down", async ({ page }) => {
  await signInByCookie(page, people.marketer);
  await page.goto("/placements/new");
  await page.getByLabel("채널").selectOption({ label: "한결생활 @한결생활" });
  await page.getByLabel("이름").fill(`점검 버튼 ${run}`);
  await page.getByLabel("종류").selectOption("web");
  await page.getByLabel("페이지 주소").fill(`${at}/help`);
  await page.getByRole("button", { name: "추가", exact: true }).click();
  await expect(page.getByText("버튼을 추가했습니다.")).toBeVisible();
  const address = (await page.getByText(/\/b\/pl_\w+$/).textContent()) ?? "";
  await page.getByRole("link", { name: "점검", exact: true }).click();
  await accessible(page);
  await look(page, "버튼이 없습니다", 1);

  body = `<a href="${address}">카카오톡 상담하기</a><a href="https://pf.kakao.com/_abcd/chat">문의</a>`;
  await look(page, "우리 버튼 주소로 가는 링크가 있습니다", 2);
  await expect(page.getByText("예전 상담 링크 1개").first()).toBeVisible();
  await expect(page.getByText("채널 채팅 주소").first()).toBeVisible();
  await accessible(page);

  await page.getByRole("button", { name: "내리기" }).click();
  await page.getByLabel("내리는 까닭").fill("시험이 끝났습니다");
  await page.getByRole("button", { name: "내리기" }).last().click();
  await expect(page.getByText("버튼을 내렸습니다.")).toBeVisible();
  await page.getByRole("link", { name: "점검", exact: true }).click();
  await look(page, "아직 걸려 있음", 3);
  await page.goto("/placements/presence?verdict=left");
  await expect(page.getByRole("row").filter({ hasText: `점검 버튼 ${run}` })).toBeVisible();
  await accessible(page);
  await page.getByRole("link", { name: `점검 버튼 ${run}` }).click();
  body = "";
  await look(page, "깨끗함", 4);
  await page.goto("/placements/presence?verdict=left");
  await expect(page.getByRole("row").filter({ hasText: `점검 버튼 ${run}` })).toHaveCount(0);
});

test("auditors read what was seen and ask for nothing", async ({ page }) => {
  await signInByCookie(page, people.auditor);
  await page.goto("/placements/presence");
  await expect(page.getByRole("heading", { level: 1, name: "걸려 있는지 점검" })).toBeVisible();
  await expect(page.getByRole("button", { name: /지금 점검$/ })).toHaveCount(0);
  await accessible(page);
});
