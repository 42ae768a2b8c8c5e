import { describe, expect, it } from "vitest";
import { longerPeriod, periodsIn, periodText, samePeriod } from "./period-words";

describe("periods in words", () => {
  it.each([
    ["상담 종료 후 1년간 보관합니다", ["1년"]],
    ["6개월 동안 보관한 뒤 파기합니다", ["6개월"]],
    ["상담일로부터 90일이 지나면", ["90일"]],
    ["일 년간 보관", ["일 년"]],
    ["한 달 뒤 파기", ["한 달"]],
    ["분쟁 처리 3년, 계약 5년", ["3년", "5년"]],
    ["2026년 3월 1일부터 적용합니다", []],
    ["평일 09:00~18:00, 상담일에만 답합니다", []],
    ["오늘 일정은 이 주소에서", []],
    ["2주간 보관", ["2주"]],
    ["이 일은 보관과 관계가 없습니다", []],
    ["02-120-1일은 쉽니다", []],
    ["최대 1년보다 오래 보관하지 않습니다", ["1년"]],
  ])("%s", (text, words) => {
    expect(periodsIn(text).map((one) => one.words)).toEqual(words);
  });

  it("compares what always ends on the same day", () => {
    expect(samePeriod({ count: 12, unit: "months" }, { count: 1, unit: "years" })).toBe(true);
    expect(samePeriod({ count: 30, unit: "days" }, { count: 1, unit: "months" })).toBe(false);
    expect(samePeriod({ count: 14, unit: "days" }, periodsIn("2주간")[0]?.period ?? { count: 0, unit: "days" })).toBe(
      true,
    );
  });

  it("says them, and which is longer", () => {
    expect(periodText({ count: 6, unit: "months" })).toBe("6개월");
    expect(longerPeriod({ count: 1, unit: "years" }, { count: 400, unit: "days" })).toEqual({
      count: 400,
      unit: "days",
    });
  });
});
