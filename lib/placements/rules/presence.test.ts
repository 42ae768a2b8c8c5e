import { describe, expect, it } from "vitest";
import type { Sought } from "../schema/presence";
import { careOf, judgePage, nextPresenceAt, type PageAnswer, presenceWish } from "./presence";
import { ownAddress } from "./presence-address";

const sought: Sought = { origin: "https://talk.hangyeol.example", code: "pl_web_7k3m", searchId: "한결생활" };
const asked = "https://shop.example.kr/help";
const words = `<p>${"고객센터 안내입니다. 평일 아홉 시부터 여섯 시까지 상담합니다. ".repeat(12)}</p>`;
const page = (body: string, more: Partial<Extract<PageAnswer, { ok: true }>> = {}): PageAnswer => ({
  ...{ ok: true, status: 200, address: asked, type: "text/html" },
  text: `<!doctype html><html><head><title>고객센터</title></head><body>${words}${body}</body></html>`,
  ...more,
});
const judged = (body: string, more: Partial<Extract<PageAnswer, { ok: true }>> = {}) =>
  judgePage(page(body, more), asked, sought);
const said = (body: string, more: Partial<Extract<PageAnswer, { ok: true }>> = {}) => {
  const { verdict, reason } = judged(body, more);
  return `${verdict} ${reason}`;
};
const own = "https://talk.hangyeol.example/b/pl_web_7k3m";
const direct = "https://bizmessage.kakao.com/chat/open/@한결생활?extra=pl_web_7k3m";

describe("there", () => {
  it.each([
    ["a link", `<a href="${own}">상담</a>`, "yes link"],
    ["a scanned address", `<a href="${own.replace("/b/", "/q/")}">상담</a>`, "yes link"],
    ["query and fragment", `<a href="${own}?utm_source=x#top">상담</a>`, "yes link"],
    ["host in capitals", `<a href="HTTPS://Talk.Hangyeol.Example/b/pl_web_7k3m">상담</a>`, "yes link"],
    ["default port", `<a href="https://talk.hangyeol.example:443/b/pl_web_7k3m">상담</a>`, "yes link"],
    ["plain http", `<a href="http://talk.hangyeol.example/b/pl_web_7k3m">상담</a>`, "yes link"],
    ["protocol-relative", `<a href="//talk.hangyeol.example/b/pl_web_7k3m">상담</a>`, "yes link"],
    ["without quotes", `<A HREF=${own}>상담</A>`, "yes link"],
    ["entities", `<a href="https:&#x2F;&#x2F;talk.hangyeol.example/b/pl&#95;web_7k3m">상담</a>`, "yes link"],
    ["spaces around", `<a href="  ${own}\n">상담</a>`, "yes link"],
    ["an image map", `<map><area href="${own}"></map>`, "yes link"],
    ["svg", `<svg><a xlink:href="${own}"><text>상담</text></a></svg>`, "yes link"],
    [
      "base and relative",
      `<base href="https://talk.hangyeol.example/x/"><a href="../b/pl_web_7k3m">상담</a>`,
      "yes link",
    ],
    ["the consult address", `<a href="${direct}">상담</a>`, "yes direct"],
    [
      "the same, encoded, &amp;amp;",
      `<a href="https://bizmessage.kakao.com/chat/open/%40${encodeURIComponent("한결생활")}?bot=true&amp;extra=pl_web_7k3m">상담</a>`,
      "yes direct",
    ],
    [
      "the embed",
      `<script async src="https://talk.hangyeol.example/embed.js" data-placement="pl_web_7k3m"></script>`,
      "yes embed",
    ],
    [
      "the embed with a version",
      `<script src="//talk.hangyeol.example/embed.js?v=2" type="module" data-placement=pl_web_7k3m></script>`,
      "yes embed",
    ],
    ["a handler", `<button onclick="window.open('${own}','_blank','width=1024')">상담</button>`, "yes handler"],
    ["a script address", `<a href="javascript:window.open('${own}')">상담</a>`, "yes handler"],
    ["a form of ours", `<form action="${own}"><button>상담</button></form>`, "yes form"],
    ["a button of a form", `<form><button formaction="${own}">상담</button></form>`, "yes form"],
    [
      "a form to the consult service",
      `<form method="post" action="https://bizmessage.kakao.com/chat/open"><input type="hidden" name="uuid" value="@한결생활"><input name="extra" value="pl_web_7k3m"></form>`,
      "yes form",
    ],
    ["a frame", `<iframe src="${own}"></iframe>`, "yes frame"],
    ["its QR", `<img src="${own}/qr.svg" alt="">`, "yes image"],
    ["a page that goes on to it", `<meta http-equiv="refresh" content="0; url=${own}">`, "yes leads-here"],
    ["beside a comment", `<!-- <a href="${own}"> --><a href="${own}">상담</a>`, "yes link"],
    ["beside a script that names it", `<script>var a="${own}"</script><a href="${own}">상담</a>`, "yes link"],
    ["after broken markup", `<div><p><table><a href="${own}">`, "yes link"],
  ])("%s", (_name, body, verdict) => expect(said(body)).toBe(verdict));

  it("where a short page has nothing else", () => {
    expect(said("", { text: `<a href="${own}">상담</a>` })).toBe("yes link");
  });
  it("where the page itself leads to us, whatever we answer then", () => {
    expect(said("", { address: own, status: 410 })).toBe("yes leads-here");
    expect(judgePage({ ok: false, failure: "refused-address", address: own }, asked, sought).verdict).toBe("yes");
    expect(said("", { address: new URL(direct).href })).toBe("yes leads-here");
  });
  it("far down in a page of a megabyte, cut anywhere", () => {
    for (const length of [32_700, 32_740, 32_768, 65_500, 900_000]) {
      expect(said(`<!--${"x".repeat(length)}--><a href="${own}">상담</a>`)).toBe("yes link");
    }
  });
});

describe("not there", () => {
  it.each([
    ["nothing", "", "no not-there"],
    ["a longer code", `<a href="${own}2">상담</a>`, "no not-there"],
    ["a shorter code", `<a href="https://talk.hangyeol.example/b/pl_web_7k3">상담</a>`, "no not-there"],
    ["a code in other letters", `<a href="https://talk.hangyeol.example/b/PL_WEB_7K3M">상담</a>`, "no not-there"],
    ["below the address", `<a href="${own}/more">상담</a>`, "no not-there"],
    ["another host", `<a href="https://talk.hangyeol.example.evil.example/b/pl_web_7k3m">상담</a>`, "no not-there"],
    ["another port", `<a href="https://talk.hangyeol.example:8443/b/pl_web_7k3m">상담</a>`, "no not-there"],
    [
      "userinfo that looks like us",
      `<a href="https://talk.hangyeol.example@evil.example/b/pl_web_7k3m">상담</a>`,
      "no not-there",
    ],
    ["relative on a foreign page", `<a href="/b/pl_web_7k3m">상담</a>`, "no not-there"],
    ["a longer extra", `<a href="${direct}2">상담</a>`, "no not-there"],
    ["another channel", `<a href="${direct.replace("한결생활", "다른채널")}">상담</a>`, "no not-there"],
    [
      "another place's embed",
      `<script src="https://talk.hangyeol.example/embed.js" data-placement="pl_web_7k3m2"></script>`,
      "no not-there",
    ],
    ["a foreign embed", `<script src="https://evil.example/embed.js" data-placement="other"></script>`, "no not-there"],
    ["only in a srcset", `<img srcset="${own} 2x">`.replace(own, "https://img.example/x.png"), "no not-there"],
    ["commented out", `<!-- <a href="${own}">상담</a> -->`, "no commented"],
    [
      "an embed commented out",
      `<!--[if IE]><script src="https://talk.hangyeol.example/embed.js" data-placement="pl_web_7k3m"></script><![endif]-->`,
      "no commented",
    ],
    ["the mere code", `<p>pl_web_7k3m</p>`, "no not-there"],
  ])("%s", (_name, body, verdict) => expect(said(body)).toBe(verdict));

  it("where the page is gone", () => {
    expect(said("", { status: 404 })).toBe("no gone");
    expect(said("", { status: 410 })).toBe("no gone");
    expect(said(`<a href="${own}">상담</a>`, { status: 404 })).toBe("unknown error-page");
  });
  it("where another page answered, but not for a slash, www or a query", () => {
    expect(said("", { address: "https://shop.example.kr/" })).toBe("no moved");
    expect(said("", { address: "https://www.shop.example.kr/help/?a=1" })).toBe("no not-there");
  });
  it("where it goes on to another consult address, which is told", () => {
    const finding = judged("", { address: "https://pf.kakao.com/_abc/chat" });
    expect(finding).toMatchObject({ verdict: "no", reason: "moved", oldLinks: [{ kind: "channel-chat" }] });
  });
});

describe("cannot tell", () => {
  it.each([
    ["hidden", `<div hidden><a href="${own}">상담</a></div>`, "unknown hidden"],
    ["display:none", `<div style="color:red; DISPLAY : none"><p><a href="${own}">상담</a></p></div>`, "unknown hidden"],
    ["a template", `<template><a href="${own}">상담</a></template>`, "unknown template"],
    ["noscript", `<noscript><a href="${own}">상담</a></noscript>`, "unknown noscript"],
    ["a script's text", `<script>document.write('<a href="${own}">')</script>`, "unknown in-script"],
    ["JSON", `<script type="application/json">{"href":"${own.replaceAll("/", "\\/")}"}</script>`, "unknown in-script"],
    ["unicode escapes", `<script>x="${own.replaceAll("/", "\\u002F")}"</script>`, "unknown in-script"],
    [
      "a loader by script",
      `<script>s.src="https://talk.hangyeol.example/embed.js";s.dataset.placement="pl_web_7k3m"</script>`,
      "unknown in-script",
    ],
    [
      "held back by a banner",
      `<script type="text/plain" src="https://talk.hangyeol.example/embed.js" data-placement="pl_web_7k3m"></script>`,
      "unknown in-script",
    ],
    ["a data attribute", `<button data-href="${own}">상담</button>`, "unknown in-attribute"],
    ["plain text", `<p>${own}</p>`, "unknown in-text"],
    ["through another page", `<a href="/go?to=${encodeURIComponent(own)}">상담</a>`, "unknown wrapped"],
    ["a trailing slash, which answers 404", `<a href="${own}/">상담</a>`, "unknown misspelt"],
    [
      "percent-encoded, which answers 404",
      `<a href="https://talk.hangyeol.example/b/pl%5Fweb_7k3m">상담</a>`,
      "unknown misspelt",
    ],
  ])("%s", (_name, body, verdict) => expect(said(body)).toBe(verdict));

  it.each([
    [
      "a script-only page",
      `<div id="root"></div><script src="/a.js"></script><script src="/b.js"></script>`,
      "script-only",
    ],
    [
      "one behind a noscript",
      `<noscript>${words}</noscript><div id="app"></div><script src="/a.js"></script>`,
      "script-only",
    ],
    [
      "a wall",
      `<title>Just a moment...</title><p>Checking your browser</p><script src="/cdn-cgi/challenge-platform/x.js"></script>`,
      "wall",
    ],
    ["a Korean wall", `<h1>비정상적인 접근이 감지되었습니다</h1><p>보안문자를 입력해 주세요</p>`, "wall"],
    ["a login page", `<form><input name="id"><input type="password"></form><p>로그인이 필요합니다</p>`, "login"],
    ["frames", `<frameset><frame src="/main.html"></frameset>`, "framed"],
    ["a page that goes on", `<meta http-equiv=refresh content="0;url=/main">`, "moves-on"],
    ["nothing", "", "empty"],
    ["no HTML", "hello there", "not-html"],
    ["too deep", `${"<b>".repeat(5_000)}`, "unreadable"],
  ])("%s", (_name, text, reason) => expect(said("", { text })).toBe(`unknown ${reason}`));

  it("where a long page asks to log in only after it moved", () => {
    const long = words.repeat(8);
    const box = `${long}<input type="password">`;
    expect(said(box)).toBe("no not-there");
    expect(said(box, { address: "https://shop.example.kr/member/login" })).toBe("unknown login");
  });
  it.each([
    [401, "wall"],
    [403, "wall"],
    [429, "wall"],
    [503, "wall"],
    [500, "server-error"],
    [206, "status"],
  ])("status %s", (status, reason) => expect(said(`<a href="${own}">`, { status })).toBe(`unknown ${reason}`));
  it("another kind of file", () => {
    expect(said(`<a href="${own}">`, { type: "text/plain" })).toBe("unknown not-html");
    expect(said(`<a href="${own}">`, { type: "" })).toBe("yes link");
  });
  it.each(["timeout", "too-large", "unreachable", "refused-address", "too-many-redirects", "address"] as const)(
    "no answer: %s",
    (failure) => {
      const { verdict, reason } = judgePage({ ok: false, failure, address: asked }, asked, sought);
      expect([verdict, reason]).toEqual(["unknown", failure]);
    },
  );
});

describe("old links", () => {
  const kinds = (body: string) => judged(body).oldLinks.map(({ kind, extra }) => (extra ? `${kind} ${extra}` : kind));
  it.each([
    ["another code", `<a href="https://bizmessage.kakao.com/chat/open/@한결생활?extra=old_1">`, ["consult old_1"]],
    ["no code", `<a href="https://bizmessage.kakao.com/chat/open/@한결생활">`, ["consult-without-code"]],
    ["channel chat", `<a href="https://pf.kakao.com/_xkABC/chat">`, ["channel-chat"]],
    ["channel home is none", `<a href="https://pf.kakao.com/_xkABC">`, []],
    ["in a handler", `<a href="#" onclick="window.open('http://pf.kakao.com/_xkABC/chat')">`, ["channel-chat"]],
    ["the SDK", `<script>Kakao.Channel.createChatButton({container:'#x'})</script>`, ["sdk"]],
    ["the SDK by a press", `<a onclick="Kakao.Channel.chat({channelPublicId:'_x'})">`, ["sdk"]],
    [
      "the old host",
      `<a href="https://plus-talk.kakao.com/plus/home/@x"><a href="http://plus.kakao.com/home/x">`,
      ["plus", "plus"],
    ],
    ["an app scheme", `<a href="kakaoplus://plusfriend/talk/chat/@x">`, ["plus"]],
    [
      "the consult script",
      `<script src="https://bizmessage.kakao.com/chat/includeScript"></script>`,
      ["include-script"],
    ],
    [
      "a form",
      `<form action="https://bizmessage.kakao.com/chat/open" method=post><input name=uuid value="@a"><input name=extra value=z></form>`,
      ["consult z"],
    ],
    ["commented out", `<!-- <a href="https://pf.kakao.com/_xkABC/chat"> -->`, []],
    [
      "twice the same",
      `<a href="https://pf.kakao.com/_x/chat"><a href="https://pf.kakao.com/_x/chat">`,
      ["channel-chat"],
    ],
    ["a foreign host", `<a href="https://pf.kakao.com.evil.example/_x/chat">`, []],
    ["ours is none", `<a href="${direct}"><a href="${own}">`, []],
  ])("%s", (_name, body, found) => expect(kinds(body)).toEqual(found));

  it("at most ten, each short", () => {
    const many = Array.from(
      { length: 40 },
      (_, at) => `<a title="${"x".repeat(900)}" href="https://pf.kakao.com/_x${at}/chat">`,
    );
    const { oldLinks } = judged(many.join(""));
    expect(oldLinks).toHaveLength(10);
    expect(oldLinks.every(({ snippet }) => snippet.length <= 200)).toBe(true);
  });
});

it("keeps a snippet of one line that a database takes", () => {
  const { snippet } = judged(`<a\n\u0000title="${"가\ud83d".repeat(400)}" href="${own}">상담</a>`);
  expect(snippet).toContain("pl_web_7k3m");
  expect(snippet.length).toBeLessThanOrEqual(300);
  expect(snippet).not.toMatch(/\p{Cc}/u);
  expect(snippet.isWellFormed()).toBe(true);
});

it("reads a page made to be slow in little time", () => {
  const hostile = [
    `<a href="//kakao/${"/".repeat(500_000)}">`,
    `<script>${"//kakao".repeat(100_000)}</script>`,
    "<!--".repeat(200_000),
    `<p ${"a".repeat(900_000)}`,
  ];
  for (const text of hostile) {
    const begun = process.cpuUsage();
    judgePage(page("", { text }), asked, sought);
    expect(process.cpuUsage(begun).user / 1_000).toBeLessThan(2_000);
  }
});

describe("ownAddress", () => {
  it("knows a host with a port and a search id of any writing", () => {
    const local: Sought = { origin: "http://127.0.0.1:3000", code: "a", searchId: "shop" };
    expect(ownAddress(new URL("http://127.0.0.1:3000/b/a"), local)).toBe("link");
    expect(ownAddress(new URL("http://127.0.0.1/b/a"), local)).toBeNull();
    expect(ownAddress(new URL("https://x.example/?u=http%3A%2F%2F127.0.0.1%3A3000%2Fb%2Fa"), local)).toBe("wrapped");
  });
});

describe("what follows", () => {
  const at = new Date("2026-11-24T00:00:00Z");
  const hours = (check: Parameters<typeof nextPresenceAt>[0], state: Parameters<typeof nextPresenceAt>[1]) => {
    const next = nextPresenceAt(check, state, at);
    return next === null ? null : (next.getTime() - at.getTime()) / 3_600_000;
  };
  it("is wanted while in use, unwanted afterwards", () => {
    expect((["live", "ending", "preparing", "ended", "retired"] as const).map(presenceWish)).toEqual([
      ...["present", "present", "present", "absent", "absent"],
    ]);
  });
  it("is looked at daily, after its end every six hours until it is clean, and sooner after trouble that may pass", () => {
    expect(hours({ wanted: "present", verdict: "yes", fleeting: 0 }, "live")).toBe(24);
    expect(hours({ wanted: "present", verdict: "no", fleeting: 0 }, "ending")).toBe(24);
    expect(hours({ wanted: "present", verdict: "yes", fleeting: 0 }, "preparing")).toBeNull();
    expect(hours({ wanted: "absent", verdict: "yes", fleeting: 0 }, "retired")).toBe(6);
    expect(hours({ wanted: "absent", verdict: "unknown", fleeting: 0 }, "ended")).toBe(6);
    expect(hours({ wanted: "absent", verdict: "no", fleeting: 0 }, "ended")).toBeNull();
    expect(hours({ wanted: "present", verdict: "unknown", fleeting: 3 }, "live")).toBe(1);
    expect(hours({ wanted: "present", verdict: "unknown", fleeting: 4 }, "live")).toBe(24);
  });
  it("is cared for by its weight", () => {
    const care = (wanted: "present" | "absent", verdict: "yes" | "no" | "unknown" | null, oldLinks = 0) =>
      careOf({ wanted, verdict, oldLinks });
    expect([
      care("absent", "yes"),
      care("present", "no"),
      care("present", "yes", 1),
      care("absent", "unknown"),
    ]).toEqual([...[0, 1, 2, 3]]);
    expect([care("present", null), care("present", "yes"), care("absent", "no")]).toEqual([4, 5, 5]);
  });
});
