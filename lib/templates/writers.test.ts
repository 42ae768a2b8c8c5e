// Several people save one template at once (trust.md F-17): each text that was accepted stands in its history, nobody's is lost unseen.
import { afterAll, beforeAll, expect, it } from "vitest";
import { closeDatabase } from "@/lib/db/client";
import { Conflict } from "@/lib/errors";
import { openTestCompany, type TestCompany } from "@/lib/test-company";
import { saveDraft } from "./commands/save-draft";
import { saveDraftSchema } from "./schema/template";
import { plainText, templateIn } from "./testing";

let company: TestCompany;
beforeAll(async () => {
  company = await openTestCompany();
});
afterAll(async () => {
  await company.owner.end();
  await closeDatabase();
});

it("has one winner in each of fifty rounds of two to eight writers", async () => {
  const { id: templateId } = await templateIn(company, "draft");
  const accepted = ["상담은 평일 9시부터 18시까지 합니다."];
  let revision = 1;
  for (let round = 0; round < 50; round += 1) {
    const writers = 2 + (round % 7);
    const tries = await Promise.allSettled(
      Array.from({ length: writers }, async (_, writer) => {
        const text = `${round}번째 글, 쓴 사람 ${writer}`;
        const input = saveDraftSchema.parse({ templateId, revision, content: plainText(text) });
        return { text, ...(await saveDraft(company.marketer, input)) };
      }),
    );
    const won = tries.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    expect(won).toHaveLength(1);
    for (const one of tries) if (one.status === "rejected") expect(one.reason).toBeInstanceOf(Conflict);
    expect(won[0]?.revision).toBe(revision + 1);
    accepted.push(...won.map(({ text }) => text));
    revision += 1;
  }
  const { rows } = await company.owner.query<{ text: string; number: number }>(
    "SELECT number, content ->> 'text' AS text FROM template_drafts WHERE template_id = $1 ORDER BY number",
    [templateId],
  );
  expect(rows.map(({ text }) => text)).toEqual(accepted);
  expect(rows.map(({ number }) => number)).toEqual(accepted.map((_, at) => at + 1));
});
