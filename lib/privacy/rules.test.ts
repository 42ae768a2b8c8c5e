import { describe, expect, it } from "vitest";
import { kstDayStart } from "@/lib/clock";
import { Refused } from "@/lib/errors";
import { answerLetter, type LetterContent, letterHash, letterTitle } from "./rules/answer-letter";
import { clocks, reasonsFor, refusalReasons } from "./rules/reasons";
import { answerDueOn, assertMayAnswer, assertMayPostpone, assertReceived, requestState } from "./rules/request";
import { requestKinds } from "./schema/request";

const step = (kind: string, untilOn: string | null = null) => ({ kind, untilOn });

describe("the clock (시행령 제41조 제4항·제5항, 제42조 제2항, 제43조 제3항, 제44조 제2항)", () => {
  it.each([
    ["2026-11-23", "2026-12-03"],
    ["2026-02-20", "2026-03-02"],
    ["2028-02-20", "2028-03-01"],
    ["2026-12-25", "2027-01-04"],
    ["2026-01-31", "2026-02-10"],
  ])("of what came on %s ends with %s", (receivedOn, dueOn) => {
    for (const kind of requestKinds) expect(answerDueOn(kind, receivedOn, [])).toBe(dueOn);
  });
  it("moves to the day of a postponement", () => {
    expect(answerDueOn("access", "2026-11-23", [step("identified"), step("postponed", "2026-12-20")])).toBe(
      "2026-12-20",
    );
  });
  it("names its article and source for each kind", () => {
    for (const kind of requestKinds)
      expect(clocks[kind]).toMatchObject({ days: 10, source: expect.stringContaining("시행령") });
  });
  it("takes no receipt of tomorrow, nor of more than a year ago", () => {
    const now = kstDayStart("2026-11-23");
    expect(() => assertReceived("2026-11-23", now)).not.toThrow();
    expect(() => assertReceived("2026-11-24", now)).toThrow(Refused);
    expect(() => assertReceived("2025-11-22", now)).toThrow(Refused);
  });
});

describe("the state", () => {
  it.each([
    ["access", [], "received"],
    ["access", ["identified"], "identified"],
    ["access", ["identified", "postponed"], "postponed"],
    ["access", ["identified", "postponed", "granted"], "granted"],
    ["access", ["identified", "granted", "done"], "done"],
    ["deletion", ["identified", "partly"], "done"],
    ["suspension", ["identified", "partly"], "granted"],
    ["deletion", ["refused"], "refused"],
    ["correction", ["identified", "withdrawn"], "withdrawn"],
  ] as const)("of %s after %j is %s", (kind, steps, state) => {
    expect(
      requestState(
        kind,
        steps.map((one) => step(one)),
      ),
    ).toBe(state);
  });
});

describe("a postponement (제35조 제3항, 시행령 제42조 제2항)", () => {
  const request = { kind: "access", receivedOn: "2026-11-13", state: "identified", steps: [] } as const;
  const lastDay = new Date(kstDayStart("2026-11-24").getTime() - 1);
  it("is possible to the last millisecond of the tenth day", () => {
    expect(() => assertMayPostpone(request, "2026-12-01", lastDay)).not.toThrow();
    expect(() => assertMayPostpone(request, "2026-12-01", kstDayStart("2026-11-24"))).toThrow(Refused);
  });
  it("goes beyond the first day, once, and is for access alone", () => {
    expect(() => assertMayPostpone(request, "2026-11-23", lastDay)).toThrow(Refused);
    expect(() => assertMayPostpone({ ...request, state: "postponed" }, "2026-12-01", lastDay)).toThrow(Refused);
    expect(() => assertMayPostpone({ ...request, state: "done" }, "2026-12-01", lastDay)).toThrow(Refused);
    for (const kind of ["correction", "deletion", "suspension"] as const)
      expect(() => assertMayPostpone({ ...request, kind }, "2026-12-01", lastDay)).toThrow(Refused);
  });
});

describe("an answer", () => {
  const identified = { kind: "deletion", state: "identified", steps: [step("identified")] } as const;
  it("needs the person identified, but for the refusal that says so (시행령 제46조 제1항)", () => {
    const received = { ...identified, state: "received", steps: [] } as const;
    expect(() => assertMayAnswer(received, "granted", undefined, 0)).toThrow(Refused);
    expect(() => assertMayAnswer(received, "refused", "deletion-law", 0)).toThrow(Refused);
    expect(() => assertMayAnswer(received, "refused", "not-identified", 0)).not.toThrow();
  });
  it("names a reason that fits the request", () => {
    expect(() => assertMayAnswer(identified, "refused", "access-others", 0)).toThrow(Refused);
    expect(() => assertMayAnswer(identified, "partly", undefined, 0)).toThrow(Refused);
    expect(() => assertMayAnswer(identified, "partly", "deletion-law", 3)).not.toThrow();
  });
  it("does not say that everything is deleted while something is left (제36조 제2항)", () => {
    expect(() => assertMayAnswer(identified, "granted", undefined, 1)).toThrow(Refused);
    expect(() => assertMayAnswer(identified, "granted", undefined, 0)).not.toThrow();
    expect(() => assertMayAnswer({ ...identified, kind: "access" }, "granted", undefined, 1)).not.toThrow();
  });
  it("is given once", () => {
    expect(() => assertMayAnswer({ ...identified, state: "done" }, "granted", undefined, 0)).toThrow(Refused);
  });
  it("has a reason for every kind, each with its article, source and how sure we are", () => {
    for (const kind of requestKinds) expect(reasonsFor(kind).length).toBeGreaterThan(1);
    for (const one of refusalReasons) {
      expect(one.article).toMatch(/^제\d+조/);
      expect(one.source).not.toBe("");
      expect(["documented", "unconfirmed"]).toContain(one.certainty);
    }
  });
});

describe("a letter", () => {
  const content: LetterContent = {
    ...{ company: "주식회사 한결생활", number: 12, requestKind: "access", receivedOn: "2026-11-13", letter: "refused" },
    ...{ reason: "access-others", note: "다른 이용자의 상담이 함께 담겨 있습니다.", viewing: "", untilOn: null },
    ...{
      objection: "고객지원팀 02-000-0000",
      addressee: "홍길동",
      signer: "박도현",
      signerTitle: "",
      day: "2026-11-20",
    },
  };
  it("says reason, article and how to object when it refuses (시행령 제42조 제2항)", () => {
    const letter = answerLetter(content, new Date("2026-11-20T00:00:00Z"));
    const rows = JSON.stringify(letter.rows);
    expect(letter.title).toBe("개인정보 열람 거절 통지서");
    for (const part of ["제35조 제4항 제2호", "고객지원팀", "다른 이용자의 상담이"]) expect(rows).toContain(part);
    expect(letter.terms.join()).toContain("제38조 제5항");
    expect(letter.foot).toContain(letterHash(content));
    expect(letter.to).toBe("홍길동 귀하");
  });
  it("is named after what the decree names", () => {
    expect(letterTitle({ requestKind: "access", letter: "granted" })).toBe("개인정보 열람통지서");
    expect(letterTitle({ requestKind: "access", letter: "postponed" })).toBe("개인정보 열람 연기 통지서");
    expect(letterTitle({ requestKind: "deletion", letter: "partly" })).toBe("개인정보 정정·삭제 결과 통지서");
    expect(letterTitle({ requestKind: "suspension", letter: "refused" })).toContain("처리정지");
  });
  it("has another hash for another word", () => {
    const hash = letterHash(content);
    for (const changed of [{ note: "다른 말" }, { reason: "" }, { untilOn: "2026-12-01" }, { addressee: "다른 사람" }])
      expect(letterHash({ ...content, ...changed })).not.toBe(hash);
  });
});
