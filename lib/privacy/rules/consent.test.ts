import { describe, expect, it } from "vitest";
import { textLength } from "@/lib/templates/rules/counting";
import {
  assertConsentFits,
  assertMayDecideConsent,
  type ConsentKind,
  type ConsentWords,
  consentHash,
  consentMessage,
  consentStanding,
  consentState,
  consentText,
} from "./consent";

const words: ConsentWords = {
  ...{
    purpose: "주문 조회와 배송 문의 처리",
    items: ["이름", "휴대전화번호", "주문번호"],
    periodOf: "policy",
    count: null,
    unit: null,
  },
  ...{ refusal: "거부하시면 주문 조회를 도와드리지 못합니다.", recipient: "", optional: false, minors: "refuse" },
};
const year = { count: 1, unit: "years" as const };
const fits =
  (more: Partial<ConsentWords>, kind: ConsentKind = "collection") =>
  () =>
    assertConsentFits(kind, { ...words, ...more }, year);

describe("the message by which consent is asked", () => {
  it("says purpose, items, period, and the right to refuse with its consequence", () => {
    const message = consentMessage("collection", words, year);
    for (const part of [
      "주문 조회와 배송 문의 처리",
      "이름, 휴대전화번호, 주문번호",
      "기간: 1년",
      "거부할 권리",
      "도와드리지 못합니다",
      "14세",
    ]) {
      expect(message).toContain(part);
    }
    expect(consentMessage("provision", { ...words, recipient: "택배사" }, year)).toContain("제공받는 자: 택배사");
    expect(consentMessage("collection", { ...words, periodOf: "own", count: 30, unit: "days" }, year)).toContain(
      "기간: 30일",
    );
  });

  it("fits a text message at 1,000 characters and not at 1,001", () => {
    const room = 1000 - textLength(consentMessage("collection", { ...words, purpose: "" }, year));
    expect(fits({ purpose: "가".repeat(room) })).not.toThrow();
    expect(fits({ purpose: "가".repeat(room).normalize("NFD") })).not.toThrow();
    expect(fits({ purpose: "가".repeat(room + 1) })).toThrow("privacy.consents.refused.long");
  });
});

describe("separate consents stay separate", () => {
  it.each([
    ["collection", { items: ["주민등록번호"] }, "resident"],
    ["unique-id", { items: ["주민등록번호"] }, "resident"],
    ["collection", { items: ["이름", "여권번호"] }, "uniqueId"],
    ["collection", { items: ["건강 상태"] }, "sensitive"],
    ["collection", { purpose: "광고와 이벤트 안내" }, "marketing"],
    ["marketing", { purpose: "광고" }, "marketingOptional"],
    ["provision", {}, "noRecipient"],
    ["collection", { items: [] }, "noItems"],
    ["collection", { periodOf: "own" }, "noPeriod"],
  ] as const)("%s %j", (kind, more, key) => {
    expect(fits(more as Partial<ConsentWords>, kind)).toThrow(`privacy.consents.refused.${key}`);
  });

  it("takes what fits", () => {
    expect(fits({})).not.toThrow();
    expect(fits({ items: ["여권번호"] }, "unique-id")).not.toThrow();
    expect(fits({ purpose: "광고", optional: true }, "marketing")).not.toThrow();
    expect(() => assertConsentFits("collection", words, null)).toThrow("noPolicy");
  });
});

describe("versions and answers", () => {
  it("hashes the same content alike", () => {
    const target = { number: 1, name: "주문 조회", kind: "collection" as const, channelId: null };
    const [text, other] = [consentText(target, words), consentText(target, { ...words, items: ["이름"] })];
    expect(consentHash(text)).toBe(consentHash(consentText(target, { ...words })));
    expect(consentHash(other)).not.toBe(consentHash(text));
  });

  it("goes by the newest step of the newest version, decided by a second person", () => {
    const step = (kind: string, number: number, day: number) => ({
      kind,
      number,
      hash: "h",
      personId: "a",
      at: new Date(day),
    });
    expect(consentState(2, [step("approved", 1, 1)])).toBe("draft");
    expect(consentState(1, [step("approved", 1, 3), step("submitted", 1, 2)])).toBe("approved");
    const people = { authorIds: ["a"], submitterId: "b" };
    expect(() => assertMayDecideConsent("submitted", people, "a")).toThrow("author");
    expect(() => assertMayDecideConsent("submitted", people, "b")).toThrow("submitter");
    expect(() => assertMayDecideConsent("submitted", people, "c")).not.toThrow();
  });

  it("must be asked again once what was consented to has changed", () => {
    const answer = { given: true, version: 1, withdrawnAt: null };
    expect(consentStanding(answer, 1)).toBe("given");
    expect(consentStanding(answer, 2)).toBe("again");
    expect(consentStanding({ ...answer, given: false }, 2)).toBe("refused");
    expect(consentStanding({ ...answer, withdrawnAt: new Date(0) }, 2)).toBe("withdrawn");
  });
});
