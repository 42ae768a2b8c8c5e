import { expect, test } from "@playwright/test";
import { addBlock } from "@/lib/channels/commands/add-block";
import { identifyBlock } from "@/lib/channels/commands/mark-block";
import { createConnection } from "@/lib/dealers/commands/create-connection";
import { openAccess } from "@/lib/dealers/commands/open-access";
import { serveStandIn } from "@/server/dealer";
import { type Company, openCompany, sessionCookieName } from "./harness-company";
import { accessible } from "./harness-page";
import { count, fresh } from "./probes/probe";

/** What scripts/rehearsal.ts lists in DAMSO_OUTBOUND_ALLOW. */
const host = "127.0.0.78";
let company: Company;
let dealer: Awaited<ReturnType<typeof serveStandIn>>;
test.beforeAll(async () => {
  company = await openCompany();
  dealer = await serveStandIn(
    {
      ...{ format: "infobank", senderKey: company.senderKey, credentials: { id: "", key: "right-key" }, hookBase: "" },
      ...{ name: company.name, searchId: "@hangyeol", committalCompany: company.name },
    },
    0,
    host,
  );
});
test.afterAll(() => {
  dealer.server.closeAllConnections();
  dealer.server.close();
});

for (const [width, colorScheme] of [
  [1440, "light"],
  [390, "dark"],
] as const)
  test(`calls are allowed, tried and taken back at ${width} px, ${colorScheme}`, async ({ browser }) => {
    const { CLIENT_ADMIN } = company.people;
    const { connectionId } = await createConnection(CLIENT_ADMIN.actor, {
      ...{ channelId: company.channelId, format: "infobank", allowedFrom: [], signed: false },
    });
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
    const value = CLIENT_ADMIN.caller.jar.get(sessionCookieName) ?? "";
    await context.addCookies([{ name: sessionCookieName, value, url: test.info().project.use.baseURL ?? "" }]);
    const page = await context.newPage();
    await page.goto(`/dealers/${connectionId}`);
    await expect(page.getByText("허용하지 않음")).toBeVisible();
    await accessible(page);

    await page.getByLabel("API 주소").fill("http://dealer.example/api");
    await page.getByLabel("API 키").fill("wrong-key");
    await page.getByRole("button", { name: "호출 허용" }).click();
    await expect(page.getByText("https://로 시작하고 경로가 없는 주소를 넣어 주십시오.").first()).toBeVisible();
    await page.getByLabel("API 주소").fill(dealer.address);
    await page.getByLabel("API 키").fill("틀린 열쇠");
    await page.getByRole("button", { name: "호출 허용" }).click();
    await expect(page.getByText("영문·숫자·기호로 된 값을 빈칸 없이 넣어 주십시오.").first()).toBeVisible();
    await page.getByLabel("API 키").fill("wrong-key");
    await page.getByRole("button", { name: "호출 허용" }).click();
    await expect(page.getByText("딜러 호출을 허용했습니다.")).toBeVisible();
    await page.getByRole("button", { name: "연결 확인" }).click();
    await expect(page.getByText("키가 맞지 않습니다 (A401)")).toBeVisible();
    await accessible(page);

    await page.getByLabel("API 주소").fill(dealer.address);
    await page.getByLabel("API 키").fill("right-key");
    await page.getByRole("button", { name: "키 바꾸기" }).click();
    await expect(page.getByText(dealer.address)).toBeVisible();
    const made = () => count("SELECT count(*) n FROM dealer_accesses WHERE connection_id = $1", connectionId);
    await expect.poll(made).toBe(2);
    await page.reload();
    await page.getByRole("button", { name: "연결 확인" }).click();
    await expect(page.getByText("딜러가 이 채널의 프로필로 답했습니다.")).toBeVisible();
    expect(await page.content()).not.toContain("right-key");

    await page.getByRole("button", { name: "허용 거두기" }).first().click();
    await page.getByRole("dialog").getByRole("button", { name: "허용 거두기" }).click();
    await expect(page.getByText("딜러 호출을 멈췄습니다.")).toBeVisible();
    await expect(page.getByText("허용하지 않음")).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await context.close();
  });

test("somebody who is to be blocked is blocked at the dealer by one act", async ({ browser }) => {
  const { COMPLIANCE_OFFICER, CLIENT_ADMIN } = company.people;
  const userKey = `u_${fresh().slice(-10)}`;
  const label = `차단할 사람 ${fresh()}`;
  const { connectionId } = await createConnection(CLIENT_ADMIN.actor, {
    ...{ channelId: company.channelId, format: "infobank", allowedFrom: [], signed: false },
  });
  const { channelId } = company;
  const blockId = await addBlock(COMPLIANCE_OFFICER.actor, { channelId, label, reason: "", blockedOn: null });
  await identifyBlock(COMPLIANCE_OFFICER.actor, { channelId, blockId, version: 1, userKey });
  const context = await browser.newContext();
  const value = COMPLIANCE_OFFICER.caller.jar.get(sessionCookieName) ?? "";
  await context.addCookies([{ name: sessionCookieName, value, url: test.info().project.use.baseURL ?? "" }]);
  const page = await context.newPage();
  await page.goto(`/channels/${channelId}/blocks/${blockId}`);
  await expect(page.getByRole("button", { name: "딜러에서 차단" })).toHaveCount(0);
  const access = { connectionId, address: dealer.address, clientId: "", key: "wrong-key" };
  await openAccess(CLIENT_ADMIN.actor, access);
  await page.reload();
  await page.getByRole("button", { name: "딜러에서 차단" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "딜러에서 차단" }).click();
  await expect(page.getByText("키가 맞지 않습니다").first()).toBeVisible();
  expect(dealer.standIn.desk.room(userKey).blocked).toBe(false);

  await openAccess(CLIENT_ADMIN.actor, { ...access, key: "right-key" });
  dealer.standIn.desk.press(userKey, null);
  await page.reload();
  await accessible(page);
  await page.getByRole("button", { name: "딜러에서 차단" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "딜러에서 차단" }).click();
  await expect(page.getByText("딜러에서 차단했습니다.")).toBeVisible();
  await expect(page.getByText("딜러 API로 차단했습니다.")).toBeVisible();
  expect(dealer.standIn.desk.room(userKey)).toMatchObject({ blocked: true, open: null, ended: { by: "blocked" } });
  await context.close();
});
