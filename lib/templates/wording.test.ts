// The company's list of words on a real PostgreSQL: who may write it, what stays known, and that it keeps a message from being submitted.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { addDays, kstDay } from "@/lib/clock";
import { closeDatabase } from "@/lib/db/client";
import { Forbidden, NotFound, Refused } from "@/lib/errors";
import { openTestCompany, type TestCompany } from "@/lib/test-company";
import { addExampleWordRules, addWordRule, endWordRule } from "./commands/edit-word-rules";
import { submitTemplate } from "./commands/take-step";
import { getTemplateReport } from "./queries/judge-given";
import { listWordRules } from "./queries/word-rules";
import { exampleWordRules } from "./rules/wording";
import { addWordRuleSchema } from "./schema/word-rule";
import { plainText, templateIn } from "./testing";

let company: TestCompany;
let other: TestCompany;
beforeAll(async () => {
  company = await openTestCompany();
  other = await openTestCompany();
});
afterAll(async () => {
  await company.owner.end();
  await other.owner.end();
  await closeDatabase();
});
beforeEach(() => company.mark());

const today = kstDay(new Date());
const rule = (words: string, more: object = {}) =>
  addWordRuleSchema.parse({ kind: "forbidden", words, fromOn: today, ...more });

describe("the list of words", () => {
  it("is written by the officer, one event each, and read by everybody of the company", async () => {
    const id = await addWordRule(company.officer, rule("절대 안전", { reason: "단정하지 않습니다" }));
    await company.expectOneEvent("word-rule.added", id);
    await expect(addWordRule(company.marketer, rule("다른 말"))).rejects.toThrow(Forbidden);
    expect((await listWordRules(company.auditor)).map((one) => one.words)).toContain("절대 안전");
    expect(await listWordRules(other.officer)).toEqual([]);
  });

  it("holds the same words once for a day, in whatever width and case", async () => {
    await addWordRule(company.officer, rule("Best 서비스"));
    await expect(addWordRule(company.officer, rule("ＢＥＳＴ  서비스"))).rejects.toThrow(Refused);
    await addWordRule(company.officer, rule("best 서비스", { tag: "광고" }));
  });

  it("takes one of two who add the same words at once", async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 6 }, () => addWordRule(company.officer, rule("동시에"))),
    );
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("ends a rule, which stays; another company does not find it", async () => {
    const id = await addWordRule(company.officer, rule("끝낼 말"));
    await company.mark();
    await expect(endWordRule(other.officer, { ruleId: id, untilOn: today })).rejects.toThrow(NotFound);
    await expect(endWordRule(company.officer, { ruleId: randomUUID(), untilOn: today })).rejects.toThrow(NotFound);
    await expect(endWordRule(company.officer, { ruleId: id, untilOn: addDays(today, -2) })).rejects.toThrow(Refused);
    await endWordRule(company.officer, { ruleId: id, untilOn: addDays(today, -1) });
    await company.expectOneEvent("word-rule.ended", id);
    await expect(endWordRule(company.officer, { ruleId: id, untilOn: today })).rejects.toThrow(Refused);
    const kept = (await listWordRules(company.officer)).find((one) => one.id === id);
    expect(kept).toMatchObject({ words: "끝낼 말", untilOn: addDays(today, -1) });
  });

  it("takes the examples over once, marked as such", async () => {
    expect(await addExampleWordRules(other.officer)).toBe(exampleWordRules.length);
    const list = await listWordRules(other.officer);
    expect(list).toHaveLength(exampleWordRules.length);
    expect(list.every(({ example }) => example)).toBe(true);
    await expect(addExampleWordRules(other.officer)).rejects.toThrow(Refused);
  });
});

describe("a submission", () => {
  it("is refused while the text breaks a rule that stops it, and passes when the rule has ended", async () => {
    const id = await addWordRule(company.officer, rule("효과 만점", { severity: "error" }));
    const draft = await templateIn(company, "draft", { content: plainText("이 제품은 효과 만점입니다.") });
    const about = { templateId: draft.id, hash: draft.hash, note: "" };
    await expect(submitTemplate(company.marketer, about)).rejects.toThrow(Refused);
    await endWordRule(company.officer, { ruleId: id, untilOn: addDays(today, -1) });
    await submitTemplate(company.marketer, about);
  });

  it("passes with a warning, which its report names", async () => {
    await addWordRule(company.officer, rule("아주 좋은"));
    const content = plainText("아주 좋은 제품입니다. 성함과 연락처를 남겨 주십시오.");
    const { report } = await getTemplateReport(company.marketer, content, { tags: [], channelId: null }, today);
    expect(report.findings.map((one) => one.rule)).toEqual(["wording.forbidden", "personalData.noConsent"]);
    const draft = await templateIn(company, "draft", { content });
    await submitTemplate(company.marketer, { templateId: draft.id, hash: draft.hash, note: "" });
  });
});
