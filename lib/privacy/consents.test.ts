// Consent forms and answers on a real PostgreSQL: approved by a second person, answered by users, asked again when they change.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { closeDatabase } from "@/lib/db/client";
import { Conflict, Forbidden, NotFound, Refused } from "@/lib/errors";
import { openTestCompany, type TestCompany } from "@/lib/test-company";
import { approveConsent, rejectConsent, submitConsent, withdrawConsentRequest } from "./commands/decide-consent-form";
import { recordConsent, withdrawConsent } from "./commands/record-consent";
import { draftConsentForm, retireConsentForm, saveConsentVersion } from "./commands/save-consent-form";
import { getConsentForm, listConsentForms } from "./queries/consent-forms";
import { findConsents, getConsent, listConsents } from "./queries/consents";
import { draftConsentFormSchema, recordConsentSchema, saveConsentVersionSchema } from "./schema/consent";
import { policyInForce } from "./testing";

let company: TestCompany;
let channelId: string;
let policyId: string;
beforeAll(async () => {
  company = await openTestCompany();
  channelId = (await company.opened()).id;
  policyId = await policyInForce(company, { count: 1, unit: "years" }, { at: new Date("2025-01-01T00:00:00Z") });
});
afterAll(async () => {
  await company.owner.end();
  await closeDatabase();
});
beforeEach(() => company.mark());

const now = new Date("2026-11-23T03:00:00Z");
const words = {
  purpose: "주문 조회",
  items: "이름\n주문번호",
  refusal: "거부하시면 조회를 도와드리지 못합니다.",
  periodOf: "policy",
};
const draft = (more: object = {}) =>
  draftConsentForm(
    company.officer,
    draftConsentFormSchema.parse({ name: "주문 조회", kind: "collection", ...words, ...more }),
    now,
  );
async function view(id: string) {
  const found = await getConsentForm(company.auditor, id, now);
  if (!found) throw new Error("no such form");
  return found;
}
const about = async (formId: string) => ({ formId, hash: (await view(formId)).versions[0]?.hash ?? "", note: "" });
async function approved(more: object = {}): Promise<string> {
  const id = await draft(more);
  await submitConsent(company.officer, await about(id), now);
  await approveConsent(company.admin, await about(id), now);
  return id;
}
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const answer = (formId: string, userKey: string, more: object = {}, at = later(5)) =>
  recordConsent(
    company.officer,
    recordConsentSchema.parse({ formId, channelId, userKey, given: "given", how: "button", ...more }),
    at,
  );

describe("a form", () => {
  it("is drafted by the officer and approved by the administrator, one event each", async () => {
    const id = await draft();
    await company.expectOneEvent("consent-form.drafted", id);
    await expect(approveConsent(company.admin, await about(id), now)).rejects.toThrow("notSubmitted");
    await submitConsent(company.officer, await about(id), now);
    await expect(approveConsent(company.officer, await about(id), now)).rejects.toThrow(Forbidden);
    await expect(approveConsent(company.admin, { ...(await about(id)), hash: "0".repeat(64) }, now)).rejects.toThrow(
      Conflict,
    );
    await expect(approveConsent(company.stranger, await about(id), now)).rejects.toThrow(NotFound);
    await company.mark();
    await approveConsent(company.admin, await about(id), now);
    await company.expectOneEvent("consent-form.approved", id);
    expect((await view(id)).asked).toMatchObject({
      version: { number: 1 },
      message: expect.stringContaining("보유 및 이용 기간: 1년"),
    });
    await expect(approveConsent(company.admin, await about(id), now)).rejects.toThrow("alreadyApproved");
  });

  it("goes back and forth, and is never overwritten", async () => {
    const id = await draft();
    await submitConsent(company.officer, await about(id), now);
    await withdrawConsentRequest(company.officer, await about(id), now);
    await submitConsent(company.officer, await about(id), later(1));
    await rejectConsent(company.admin, { ...(await about(id)), note: "항목을 줄여 주세요" }, later(2));
    const save = (version: number, more: object = {}) =>
      saveConsentVersion(
        company.officer,
        saveConsentVersionSchema.parse({ formId: id, version, ...words, ...more }),
        now,
      );
    await expect(save(1)).rejects.toThrow("unchanged");
    await save(1, { items: "주문번호" });
    await expect(save(1, { items: "이름" })).rejects.toThrow(Conflict);
    expect(await view(id)).toMatchObject({ state: "draft", version: 2 });
    await expect(draft({ items: "주민등록번호" })).rejects.toThrow("privacy.consents.refused.resident");
  });

  it("says when the policy's period has moved away from what is asked", async () => {
    const id = await approved();
    expect((await view(id)).periodMoved).toBeNull();
    await policyInForce(
      company,
      { count: 2, unit: "years" },
      { policyId, number: 2, at: new Date("2026-11-22T00:00:00Z") },
    );
    expect((await view(id)).periodMoved).toEqual({ sent: "1년", now: "2년" });
    const same = saveConsentVersionSchema.parse({ formId: id, version: 1, ...words });
    await saveConsentVersion(company.officer, same, later(1));
    expect(await view(id)).toMatchObject({ state: "draft", version: 2 });
    await expect(saveConsentVersion(company.officer, { ...same, version: 2 }, later(2))).rejects.toThrow("unchanged");
    await submitConsent(company.officer, await about(id), later(3));
    await policyInForce(
      company,
      { count: 1, unit: "years" },
      { policyId, number: 3, at: new Date("2026-11-22T01:00:00Z") },
    );
    expect((await view(id)).periodMoved).toBeNull();
    // It was asked for with two years; a year holds again.
    await expect(approveConsent(company.admin, await about(id), later(4))).rejects.toThrow("refused.moved");
    await withdrawConsentRequest(company.officer, await about(id), later(5));
    await submitConsent(company.officer, await about(id), later(6));
    await approveConsent(company.admin, await about(id), later(7));
    expect((await view(id)).asked?.version.number).toBe(2);
  });

  it("is asked no more once it is retired", async () => {
    const id = await approved();
    await retireConsentForm(company.officer, { formId: id }, now);
    await expect(answer(id, "u1")).rejects.toThrow("privacy.consents.refused.retired");
    expect((await listConsentForms(company.auditor, {})).items.some((one) => one.id === id)).toBe(false);
    expect((await listConsentForms(company.auditor, { retired: true })).items.some((one) => one.id === id)).toBe(true);
  });
});

describe("an answer", () => {
  it("is kept with the version that was asked and the keyed handle alone", async () => {
    const id = await approved();
    await company.mark();
    const consentId = await answer(id, "userKey-0001");
    const event = await company.expectOneEvent("consent.given", consentId);
    expect(event.subject).toMatch(/^[0-9a-f]{32}$/);
    const { rows } = await company.owner.query("SELECT c::text AS row FROM consents c WHERE id = $1", [consentId]);
    expect(rows[0].row).not.toContain("userKey-0001");
    const proof = await getConsent(company.auditor, consentId);
    expect(proof).toMatchObject({
      standing: "given",
      version: 1,
      message: expect.stringContaining("주문 조회"),
      stored: 0,
    });
    expect(await getConsent(company.strangeOfficer, consentId)).toBeNull();
    await expect(getConsent(company.marketer, consentId)).rejects.toThrow(Forbidden);
  });

  it("needs a version in force, its channel, and an instant after its approval", async () => {
    const waiting = await draft();
    await expect(answer(waiting, "u1")).rejects.toThrow("notInForce");
    const other = (await company.opened()).id;
    const bound = await approved({ channelId: other });
    await expect(answer(bound, "u1")).rejects.toThrow("otherChannel");
    const id = await approved();
    await expect(answer(id, "u1", { at: "2026-11-22T09:00:00" })).rejects.toThrow("privacy.consents.refused.early");
    await expect(answer(id, "u1", { at: "2027-01-01T09:00:00" })).rejects.toThrow("privacy.consents.refused.future");
    await expect(answer(id, "u1", { session: "00000000-0000-4000-8000-000000000000" })).rejects.toThrow("otherSession");
  });

  it("is asked for again when the form changes, and the portal says for whom", async () => {
    const id = await approved();
    await answer(id, "agrees");
    await answer(id, "refuses", { given: "refused" });
    await saveConsentVersion(
      company.officer,
      saveConsentVersionSchema.parse({ formId: id, version: 1, ...words, items: "주문번호" }),
      now,
    );
    expect((await view(id)).counts).toEqual({ given: 1, refused: 1, withdrawn: 0, again: 0 });
    await submitConsent(company.officer, await about(id), later(10));
    await approveConsent(company.admin, await about(id), later(11));
    expect((await view(id)).counts).toEqual({ given: 0, refused: 1, withdrawn: 0, again: 1 });
    const { items } = await listConsents(company.officer, { formId: id, standing: "again" });
    expect(items.map(({ standing, version }) => [standing, version])).toEqual([["again", 1]]);
    await answer(id, "agrees", {}, later(20));
    expect((await view(id)).counts).toEqual({ given: 1, refused: 1, withdrawn: 0, again: 0 });
  });

  it("is found by user_key, on the record", async () => {
    const id = await approved();
    await answer(id, "Look-Me-Up");
    await company.mark();
    expect(await findConsents(company.officer, { channelId, userKey: "Look-Me-Up" })).toHaveLength(1);
    await company.expectOneEvent("consent.found", channelId);
    expect(await findConsents(company.officer, { channelId, userKey: "look-me-up" })).toHaveLength(0);
  });

  it("is taken back once, and says what must follow", async () => {
    const id = await approved();
    const consentId = await answer(id, "takes-back");
    await company.mark();
    const { handle } = await withdrawConsent(company.officer, { consentId, how: "chat", note: "" }, later(30));
    const event = await company.expectOneEvent("consent.withdrawn", consentId);
    expect(event.subject).toBe(handle);
    expect((await getConsent(company.auditor, consentId))?.standing).toBe("withdrawn");
    await expect(withdrawConsent(company.officer, { consentId, how: "chat", note: "" }, later(31))).rejects.toThrow(
      Refused,
    );
    const refused = await answer(id, "never", { given: "refused" });
    await expect(withdrawConsent(company.officer, { consentId: refused, how: "chat", note: "" }, now)).rejects.toThrow(
      "neverGiven",
    );
  });
});
