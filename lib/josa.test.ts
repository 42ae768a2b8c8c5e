import { describe, expect, it } from "vitest";
import { particle } from "./josa";

describe("particle", () => {
  it.each([
    ["인포뱅크", "은(는)", "는"],
    ["카카오톡", "이(가)", "이"],
    ["한결생활", "(으)로", "로"],
    ["한결생활", "을(를)", "을"],
    ["1577-0000", "(으)로", "으로"],
    ["02-1234-5671", "(으)로", "로"],
    ["privacy@hangyeol.example", "(으)로", "로"],
    ["KCP", "과(와)", "와"],
    ["모바일(앱)", "과(와)", "과"],
    ["주식회사 ‘담소’", "은(는)", "는"],
    ["", "이(가)", "가"],
    ["한글".normalize("NFD"), "은(는)", "은"],
  ])("%s + %s → %s", (before, form, expected) => {
    expect(particle(before, form)).toBe(expected);
  });
});
