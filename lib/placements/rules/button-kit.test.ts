import { describe, expect, it } from "vitest";
import { kitOptionsSchema } from "../schema/button-kit";
import {
  documentedLook,
  embedSnippet,
  htmlSnippet,
  imageSnippet,
  kitStyles,
  linkSnippet,
  neededPolicy,
  symbolBox,
} from "./button-kit";

const origin = "https://damso.hangyeol.example";
const address = `${origin}/b/pl_home`;
const usual = kitOptionsSchema.parse({});
const symbol = { sha256: "a".repeat(64), width: 108, height: 96 };

describe("the kit", () => {
  it("keeps in the snippet what was chosen, and nothing else", () => {
    expect(embedSnippet(origin, "pl_home", usual)).toBe(
      `<script async src="${origin}/embed.js" data-placement="pl_home"></script>`,
    );
    expect(embedSnippet(origin, "pl_home", { size: "large", shape: "wide", label: "en" })).toBe(
      `<script async src="${origin}/embed.js" data-placement="pl_home" data-size="large" data-shape="wide" data-label="en"></script>`,
    );
    expect(kitOptionsSchema.parse({ size: "huge", shape: ["wide"], label: '"><script>' })).toEqual(usual);
  });
  it("says the label of the guide, and English in a language of its own", () => {
    expect(linkSnippet(address, usual)).toBe(
      `<a href="${address}" target="_blank" rel="noopener">카카오톡 상담하기</a>`,
    );
    expect(linkSnippet(address, { label: "en" })).toContain(' lang="en">Consult on KakaoTalk</a>');
  });
  it("writes addresses with parameters as attributes", () => {
    const direct = "https://bizmessage.kakao.com/chat/open/@x?extra=pl_home&bot=auto";
    expect(linkSnippet(direct, usual)).toContain(
      'href="https://bizmessage.kakao.com/chat/open/@x?extra=pl_home&amp;bot=auto"',
    );
  });
  it("never stretches Kakao's symbol, and draws none of its own", () => {
    expect(symbolBox(symbol, "small")).toEqual({ width: 22.5, height: 20 });
    expect(symbolBox(symbol, "large")).toEqual({ width: 27, height: 24 });
    expect(htmlSnippet({ origin, address }, usual, null)).not.toMatch(/<img|<svg/);
    expect(htmlSnippet({ origin, address }, usual, symbol)).toContain(
      `src="${origin}/embed/symbol/${symbol.sha256}.png" alt=""`,
    );
    expect(imageSnippet({ origin, address }, usual, symbol)).toContain(
      'alt="카카오톡 상담하기" width="108" height="96"',
    );
  });
  it("needs no style attribute, script or foreign origin under a strict policy", () => {
    const all = [htmlSnippet({ origin, address }, usual, symbol), imageSnippet({ origin, address }, usual, symbol)];
    for (const text of all) expect(text).not.toMatch(/ style=| on\w+=|<script/);
    expect(neededPolicy("script", origin, true)).toEqual([
      `script-src ${origin}`,
      `connect-src ${origin}`,
      `img-src ${origin}`,
    ]);
    expect(neededPolicy("script", origin, false)).toHaveLength(2);
    expect(neededPolicy("html", origin, false)).toEqual([]);
    expect(neededPolicy("link", origin, true)).toEqual([]);
    expect(neededPolicy("image", origin, false)).toEqual([`img-src ${origin}`]);
  });
  it("follows the documented look: yellow container, black at 85 %, radius 12", () => {
    expect(documentedLook).toEqual({ container: "#FEE500", label: "rgba(0, 0, 0, 0.85)", radius: 12 });
    expect(kitStyles).toContain("background: #FEE500; color: rgba(0, 0, 0, 0.85)");
    expect(kitStyles).toContain("min-height: 44px");
    expect(kitStyles).toContain(":focus-visible");
  });
});
