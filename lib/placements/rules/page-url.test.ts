import { describe, expect, it } from "vitest";
import { readPageUrl, samePage } from "./page-url";
import { personalDataIn } from "./personal-data";

const faultOf = (typed: string) => {
  try {
    readPageUrl(typed);
    return "taken";
  } catch (error) {
    return (error as { key: string }).key.replace("placements.page.", "");
  }
};

describe("readPageUrl", () => {
  it("keeps what the URL standard makes of an address", () => {
    expect(readPageUrl("")).toBeNull();
    expect(readPageUrl(" https://www.Hangyeol.example ")).toBe("https://www.hangyeol.example/");
    expect(readPageUrl("https://한결.example/도움말?a=1#top")).toBe(
      "https://xn--p89a748e.example/%EB%8F%84%EC%9B%80%EB%A7%90?a=1",
    );
    expect(readPageUrl("HTTPS://hangyeol.example:8443/a/../b")).toBe("https://hangyeol.example:8443/b");
  });
  it.each([
    ["javascript:alert(1)", "shape"],
    ["data:text/html,x", "shape"],
    ["file:///etc/passwd", "shape"],
    ["//hangyeol.example/", "shape"],
    ["https:hangyeol.example", "shape"],
    ["https:\\\\hangyeol.example", "shape"],
    ["https://hangyeol.example\\@evil.example/", "shape"],
    ["https://hangyeol.example./", "shape"],
    ["https://hangyeol.example.:443/", "shape"],
    ["https:///hangyeol.example", "shape"],
    ["https://hang yeol.example/", "shape"],
    ["https://", "shape"],
    ["https://user@hangyeol.example/", "password"],
    ["https://user:secret@hangyeol.example/", "password"],
    ["https://ｈangyeol.example/", "lookalike"],
    ["https://hаngyeol.example/", "lookalike"],
    ["https://hangyeol.example/?phone=01012345678", "personal"],
    ["https://hangyeol.example/?q=010-1234-5678", "personal"],
    ["https://hangyeol.example/?userName=%EA%B9%80%EC%84%9C%EC%97%B0", "personal"],
    ["https://hangyeol.example/me/seoyeon%40hangyeol.example", "personal"],
    ["https://hangyeol.example/?page=2&utm_source=kakao", "taken"],
    ["https://hangyeol.example/products/20261124", "taken"],
  ])("judges %s", (typed, fault) => {
    expect(faultOf(typed)).toBe(fault);
  });
  it("takes two spellings of one page for the same", () => {
    expect(samePage("https://www.hangyeol.example/help/")).toBe(samePage("http://hangyeol.example/help"));
    expect(samePage("https://hangyeol.example/help?a=1")).not.toBe(samePage("https://hangyeol.example/help"));
  });
});

describe("personalDataIn", () => {
  it.each([
    ["강남점 010-1234-5678", "phone"],
    ["+82 10 1234 5678", "phone"],
    ["문의 seoyeon.kim@hangyeol.example", "mail"],
    ["900101-1234567", "registration"],
    ["강남점 계산대 2026", null],
    ["가을 행사 20261124", null],
    ["고객센터 1588-0000", null],
  ])("reads %s", (text, kind) => {
    expect(personalDataIn(text)).toBe(kind);
  });
});
