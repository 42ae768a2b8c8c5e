// People sending approved templates into open consultations, over real HTTP to a dealer that is really there.
import { randomUUID } from "node:crypto";
import { expect, test } from "@playwright/test";
import { createConnection } from "@/lib/dealers/commands/create-connection";
import { openAccess } from "@/lib/dealers/commands/open-access";
import { addWordRule } from "@/lib/templates/commands/edit-word-rules";
import { addWordRuleSchema } from "@/lib/templates/schema/word-rule";
import { serveStandIn } from "@/server/dealer";
import { makeConsult, openCompany } from "./harness-company";
import { accessible, pageOf } from "./harness-page";
import { templateInUse } from "./harness-template";
import { count } from "./probes/probe";

/** What scripts/rehearsal.ts lists in DAMSO_OUTBOUND_ALLOW. */
const host = "127.0.0.78";
/** Who writes in the consultations of the suite's companies. */
const userKey = "TrustUser_01";
const closing: (() => void)[] = [];
test.afterAll(() => {
  for (const close of closing) close();
});

async function stage(format: "infobank" | "happytalk") {
  const company = await openCompany();
  const credentials = { id: "client", key: "right-key" };
  const dealer = await serveStandIn(
    {
      ...{ format, senderKey: company.senderKey, credentials, hookBase: "" },
      ...{ name: company.name, searchId: "@hangyeol", committalCompany: company.name },
    },
    0,
    host,
  );
  closing.push(() => {
    dealer.server.closeAllConnections();
    dealer.server.close();
  });
  const { actor } = company.people.CLIENT_ADMIN;
  const given = { channelId: company.channelId, format, allowedFrom: [], signed: false };
  const { connectionId } = await createConnection(actor, given);
  const allow = () =>
    openAccess(actor, {
      ...{ connectionId, address: dealer.address, key: credentials.key },
      clientId: format === "happytalk" ? credentials.id : "",
    });
  const sessionId = await makeConsult(company, company.channelId, company.connectionId);
  return { company, dealer, allow, sessionId, name: await templateInUse(company) };
}

for (const [format, width, colorScheme] of [
  ["infobank", 1440, "light"],
  ["happytalk", 390, "dark"],
] as const)
  test(`a template is filled, seen and sent by ${format} at ${width} px, ${colorScheme}`, async ({ browser }) => {
    const { company, dealer, allow, sessionId, name } = await stage(format);
    const { CLIENT_ADMIN, COMPLIANCE_OFFICER } = company.people;
    const look = { viewport: { width, height: 900 }, colorScheme };
    const page = await pageOf(browser, CLIENT_ADMIN, "/monitor", look);
    const address = `/monitor/${sessionId}/send`;
    await page.locator(`a[href="${address}"]`).click();
    await expect(page.getByText("딜러 호출을 허용하지 않았습니다.")).toBeVisible();
    await accessible(page);
    await allow();
    await page.reload();
    await page.getByLabel("보낼 템플릿").selectOption({ label: name });
    await page.getByRole("button", { name: "고르기" }).click();
    const value = page.getByLabel("상품");
    await page.getByRole("button", { name: "미리 보기" }).click();
    await expect(page.getByText("값을 넣어 주십시오.").first()).toBeVisible();
    await expect(value).toBeFocused();
    await value.fill("열 글자를 넘기는 값");
    await page.getByRole("button", { name: "미리 보기" }).click();
    await expect(page.getByText("정해 둔 길이보다 깁니다.").first()).toBeVisible();
    await expect(value).toHaveValue("열 글자를 넘기는 값");

    // The dealer has no consultation of theirs: agents never speak first.
    await value.fill("의자");
    await page.getByRole("button", { name: "미리 보기" }).click();
    const shown = page.getByRole("region", { name: "이대로 보냅니다" });
    await expect(shown.getByText("의자는 접수했습니다.")).toBeVisible();
    await accessible(page);
    await value.fill("탁자");
    await shown.getByRole("button", { name: "보내기" }).click();
    await expect(page.getByText("미리 본 뒤에 내용이 바뀌었습니다.")).toBeVisible();
    await page.getByRole("button", { name: "미리 보기" }).click();
    await expect(shown.getByText("탁자는 접수했습니다.")).toBeVisible();
    await shown.getByRole("button", { name: "보내기" }).click();
    // Infobank documents one code for all that Kakao refuses (field-facts 1.7).
    const words = format === "infobank" ? "딜러가 처리하지 못했습니다 (A213" : "열린 상담이 없습니다";
    await expect(page.getByRole("alert").getByText(words)).toBeVisible();
    expect(dealer.standIn.desk.sent).toEqual([]);
    const table = page.getByRole("figure", { name: "보낸 메시지" });
    await expect(table.getByText("딜러가 거절함")).toHaveCount(1);

    dealer.standIn.desk.say(userKey, { text: "문의드려요" });
    await page.getByRole("button", { name: "미리 보기" }).click();
    await shown.getByRole("button", { name: "보내기" }).click();
    await expect(page.getByText("보냈습니다.")).toBeVisible();
    expect(dealer.standIn.desk.sent).toHaveLength(1);
    expect(JSON.stringify(dealer.standIn.desk.sent[0]?.body)).toContain("탁자는 접수했습니다.");
    await expect(table.getByText("딜러가 거절함")).toHaveCount(1);
    await expect(table.getByText("보냄", { exact: true })).toHaveCount(1);
    await accessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    const kept = "SELECT count(*) n FROM messages WHERE session_id = $1 AND direction = 'out'";
    expect(await count(kept, sessionId)).toBe(1);

    // Words that the company forbids keep it from going, whoever asks.
    const rule = { words: "접수했습니다", kind: "forbidden", severity: "error", fromOn: "2026-01-01" };
    await addWordRule(COMPLIANCE_OFFICER.actor, addWordRuleSchema.parse(rule));
    const officer = await pageOf(browser, COMPLIANCE_OFFICER, address, { ...look, javaScriptEnabled: false });
    await officer.getByLabel("보낼 템플릿").selectOption({ label: name });
    await officer.getByRole("button", { name: "고르기" }).click();
    await officer.getByLabel("상품").fill("의자");
    await officer.getByRole("button", { name: "미리 보기" }).click();
    await expect(officer.getByRole("alert")).toContainText("접수했습니다");
    await expect(officer.getByLabel("상품")).toHaveValue("의자");
    await expect(officer.getByRole("button", { name: "보내기" })).toHaveCount(0);
    await officer.goto(`${address}?template=${randomUUID()}`);
    await expect(officer.getByText("승인된 템플릿이 아닙니다.")).toBeVisible();
    for (const one of [page, officer]) await one.context().close();
  });
