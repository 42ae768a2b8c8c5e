import { describe, expect, it } from "vitest";
import { textLength } from "@/lib/templates/rules/counting";
import { longestNotice, type NoticeValues, noticeSegments, openVariables, renderNotice } from "./notice-text";

const values: NoticeValues = {
  ...{ company: "한결생활", channel: "한결생활", hours: "평일 09:00~18:00", period: "1년", exceptions: null },
  ...{ consignee: "인포뱅크", subConsignee: "카카오", contact: "1577-0000", policyPage: "hangyeol.example/privacy" },
};

describe("a notice with variables", () => {
  it("shows its pieces, unknown names apart", () => {
    expect(noticeSegments("안녕하세요, #{회사명}입니다. #{없는 것}")).toEqual([
      { kind: "text", text: "안녕하세요, " },
      { kind: "variable", name: "회사명", key: "company" },
      { kind: "text", text: "입니다. " },
      { kind: "variable", name: "없는 것", key: null },
    ]);
  });

  it("takes values, and particles follow them", () => {
    const source = "#{수탁자}은(는) #{재수탁자}에 재위탁합니다. #{문의처}(으)로, #{회사명}을(를) #{회사명}(으)로";
    expect(renderNotice(source, values)).toBe("인포뱅크는 카카오에 재위탁합니다. 1577-0000으로, 한결생활을 한결생활로");
  });

  it("leaves particles alone that stand behind no variable", () => {
    expect(renderNotice("값은(는) #{없음}은(는)", values)).toBe("값은(는) #{없음}은(는)");
  });

  it("does not take a value for a variable in turn", () => {
    expect(renderNotice("#{회사명}", { ...values, company: "#{수탁자}" })).toBe("#{수탁자}");
  });

  it("counts 1,000 with the longest values, whatever the form", () => {
    const tail = "#{보유기간}";
    const source = "가".repeat(995) + tail;
    expect(textLength(longestNotice(source))).toBe(1000);
    expect(textLength(longestNotice(source.normalize("NFD")))).toBe(1000);
    expect(textLength(longestNotice(`가${source}`))).toBe(1001);
    expect(textLength(longestNotice(`🙂${"가".repeat(993)}${tail}`))).toBe(1000);
    expect(textLength(longestNotice(`\r\n${"가".repeat(994)}${tail}`))).toBe(1000);
  });

  it("names what is unknown and what has no value", () => {
    expect(openVariables("#{회사명} #{모름} #{예외보유} #{모름}", values)).toEqual({
      unknown: ["모름"],
      empty: ["exceptions"],
    });
  });
});
