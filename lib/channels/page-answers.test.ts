import { describe, expect, it } from "vitest";
import { type PageSeen, readChannelHome, readPrivacyPolicy } from "./rules/page-answers";
import { companyIn, kakaoIn, pageWords } from "./rules/page-words";

const dealer = { name: "인포뱅크", slug: "infobank" };
const page = (text: string, status = 200, address = "https://shop.example.kr/privacy"): PageSeen => ({
  ...{ ok: true, status, address, text },
});
const filler = `<p>${"회사는 이용자의 개인정보를 소중히 여기며 관계 법령을 지킵니다. ".repeat(12)}</p>`;
const policy = (rows: string) =>
  page(
    `<html><head><title>개인정보 처리방침</title></head><body><h1>개인정보 처리방침</h1>${filler}<table>${rows}</table></body></html>`,
  );
const both = "<tr><td>인포뱅크 주식회사</td><td>상담톡</td></tr><tr><td><b>㈜카카오</b></td><td>메시지 전달</td></tr>";
const answer = (seen: PageSeen, of: typeof dealer | null = dealer) => readPrivacyPolicy(seen, of).answers[0];

describe("readPrivacyPolicy", () => {
  it("finds dealer and Kakao in a table, with what stands around them", () => {
    const { answers, names } = readPrivacyPolicy(policy(both), dealer);
    expect(answers).toEqual([{ item: "privacy-policy", answer: "yes", value: "인포뱅크, 카카오" }]);
    expect(names.map(({ found }) => found)).toEqual([true, true]);
    for (const { snippet } of names) expect(snippet.length).toBeLessThanOrEqual(120);
    expect(names[1]?.snippet).toContain("(주)카카오 메시지 전달");
  });
  it("says no where a whole policy leaves one out, and names it", () => {
    expect(answer(policy("<tr><td>인포뱅크</td></tr>"))).toMatchObject({ answer: "no", value: "카카오" });
    expect(answer(policy("<tr><td>(주)카카오</td></tr>"))).toMatchObject({ answer: "no", value: "인포뱅크" });
    expect(answer(policy(""))).toMatchObject({ answer: "no", value: "인포뱅크, 카카오" });
    expect(answer(page("", 404))).toMatchObject({ answer: "no", value: "HTTP 404" });
  });
  it("cannot tell where something was in the way", () => {
    const unknown = { answer: "unknown" };
    for (const failure of ["timeout", "unreachable", "refused-address", "not-text"] as const)
      expect(answer({ ok: false, failure })).toMatchObject({ answer: "unknown", value: "" });
    for (const status of [401, 403, 429, 500, 503]) expect(answer(page(filler, status))).toMatchObject(unknown);
    expect(answer(page("<div id=root></div><script>render('인포뱅크 카카오 개인정보')</script>"))).toMatchObject(
      unknown,
    );
    expect(answer(page("<noscript>개인정보 인포뱅크 (주)카카오</noscript>"))).toMatchObject(unknown);
    expect(answer(policy("<iframe src=/list></iframe>"))).toMatchObject(unknown);
    expect(answer(page(`<p>비정상적인 접근입니다.</p>${filler}`))).toMatchObject(unknown);
    expect(answer(page(`<p>${"회사 소개 ".repeat(200)}</p>`))).toMatchObject(unknown);
    expect(answer(policy(both), null)).toMatchObject(unknown);
  });
  it("takes Kakao's services for services", () => {
    expect(answer(policy("<tr><td>인포뱅크</td><td>카카오톡 상담, 카카오 알림톡, kakao.com</td></tr>"))).toMatchObject({
      ...{ answer: "no", value: "카카오" },
    });
  });
});

describe("names in a text", () => {
  it.each([
    "(주)카카오",
    "카카오에 재위탁",
    "주식회사 카카오",
    "Kakao Corp.",
    "수탁자: 카카오, 인포뱅크",
    "카카오\n알림톡 발송",
  ])("%s names Kakao", (text) => expect(kakaoIn(text).found).toBe(true));
  it.each([
    "카카오톡",
    "카카오 톡",
    "카카오페이",
    "카카오뱅크",
    "KakaoTalk",
    "https://pf.kakao.com/_abc",
    "카카오 채널",
  ])("%s does not", (text) => expect(kakaoIn(text).found).toBe(false));
  it.each([
    ["한국클라우드(주)", "(주)한국클라우드", "hankuk-cloud", true],
    ["주식회사 더화이트 커뮤니케이션", "더화이트커뮤니케이션 (주)", "the-white-communication", true],
    ["INFOBANK Corp", "인포뱅크", "infobank", true],
    ["MBI Solution", "엠비아이솔루션", "mbi-solution", true],
    ["infobanking", "인포뱅크", "infobank", false],
    ["인포", "인포뱅크", "infobank", false],
    ["무엇이든", "(주)", null, false],
  ])("%s: %s (%s) %s", (text, name, latin, found) => expect(companyIn(text, name, latin).found).toBe(found));
  it("reads what a person would read", () => {
    const { text, titles, frames } = pageWords(
      '<title>한결&amp;생활</title><meta property="og:title" content="한결생활 B2B"><style>a{}</style><p>㈜<b>카</b><i>카오</i>&nbsp;제공</p><td>가</td><td>나</td><iframe>',
    );
    expect({ text, titles, frames }).toEqual({
      text: "(주)카카오 제공\n가\n나",
      titles: "한결&생활\n한결생활 B2B",
      frames: 1,
    });
  });
  it("is quick with a hostile page", () => {
    const begun = performance.now();
    expect(pageWords("<div>".repeat(200_000)).frames).toBe(1);
    expect(pageWords("<b>".repeat(300_000)).frames).toBe(1);
    pageWords("<p>".repeat(300_000));
    pageWords(`<p ${"a=1 ".repeat(200_000)}>`);
    kakaoIn("카".repeat(500_000));
    companyIn("인 ".repeat(300_000), "인포뱅크", "infobank");
    pageWords(`<p>${" ".repeat(900_000)}</p>`);
    expect(performance.now() - begun).toBeLessThan(3_000);
  });
});

describe("readChannelHome", () => {
  const channel = { publicId: "_xhGkLb", name: "한결생활 B2B" };
  const at = "https://pf.kakao.com/_xhGkLb";
  const home = '<meta property="og:title" content="한결생활 B2B"><title>카카오톡 채널</title>';
  const says = (seen: PageSeen) => readChannelHome(seen, channel).answers.map((one) => `${one.item} ${one.answer}`);
  it("says yes where the page names the channel", () => {
    expect(says(page(home, 200, at))).toEqual(["home-public yes", "opened yes"]);
  });
  it("says no only where the home is certainly not there", () => {
    expect(says(page("", 404, at))).toEqual(["home-public no", "opened unknown"]);
    expect(says(page("", 404, "https://www.kakao.com/notfound"))).toEqual(["home-public unknown", "opened unknown"]);
  });
  it.each<[string, PageSeen]>([
    ["a redirect elsewhere", page(home, 200, "https://accounts.kakao.com/login")],
    ["another channel's home", page(home, 200, "https://pf.kakao.com/_other")],
    ["a page without the name", page("<title>카카오톡 채널</title>", 200, at)],
    ["an error", page(home, 503, at)],
    ["no answer", { ok: false, failure: "timeout" }],
  ])("cannot tell from %s", (_what, seen) => expect(says(seen)).toEqual(["home-public unknown", "opened unknown"]));
});
