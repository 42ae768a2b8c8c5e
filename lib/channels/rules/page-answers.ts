// What a public page says of onboarding items. "No" only where the page leaves no doubt; whatever got in the way is "cannot tell".
import type { OutboundFailure } from "@/lib/outbound/failure";
import { periodsIn } from "@/lib/privacy/rules/period-words";
import { companyIn, kakaoIn, type NameSeen, pageWords } from "./page-words";
import type { ItemAnswer, Verdict } from "./profile-check";

/** What came of asking for a page. */
export type PageSeen =
  | { ok: true; status: number; address: string; text: string }
  | { ok: false; failure: OutboundFailure };

export type PageReading = {
  answers: ItemAnswer[];
  names: NameSeen[];
  /** Of a policy that could be read: periods that it names for consultations, as it writes them. */
  periods?: string[];
};

/** Where Kakao shows a channel to everybody (field-facts 2.1). */
export const channelHomeAddress = (publicId: string): string => `https://pf.kakao.com/${publicId}`;

/** The channel's public home: there and naming the channel, or certainly not there (guide 1-1 ➊: 홈공개 ON). */
export function readChannelHome(page: PageSeen, channel: { publicId: string; name: string }): PageReading {
  const both = (answer: Verdict, value: string): ItemAnswer[] => [
    { item: "home-public", answer, value },
    // A home that is not public says nothing of whether the channel was opened.
    { item: "opened", answer: answer === "no" ? "unknown" : answer, value },
  ];
  if (!page.ok) return { answers: both("unknown", ""), names: [] };
  const value = `HTTP ${page.status}`;
  const { hostname, pathname } = new URL(page.address);
  const there = hostname === "pf.kakao.com" && pathname.split("/")[1] === channel.publicId;
  if (isGone(page.status) && there) return { answers: both("no", value), names: [] };
  if (page.status !== 200 || !there) return { answers: both("unknown", value), names: [] };
  const { titles, text } = pageWords(page.text);
  const name = companyIn(`${titles}\n${text}`, channel.name, null);
  return { answers: both(name.found ? "yes" : "unknown", value), names: [name] };
}

/** Letters that a privacy policy has at the very least: below that, a script would have to write the page. */
const fewestLetters = 200;
const wall = /captcha|cloudflare|access denied|자동입력 ?방지|비정상적인 ?접근|보안 ?문자|접근이 ?(차단|제한)/i;

/**
 * The company's privacy policy: whether dealer and Kakao stand in it (guide 3-1: 수탁업체 목록 내 상담톡 공식딜러사 및 카카오).
 * @param dealer as the directory names it; null: none chosen, so nothing can be complete
 */
export function readPrivacyPolicy(page: PageSeen, dealer: { name: string; slug: string } | null): PageReading {
  const said = (answer: Verdict, value: string, names: NameSeen[] = []): PageReading => ({
    ...{ answers: [{ item: "privacy-policy", answer, value }], names },
  });
  if (!page.ok) return said("unknown", "");
  if (isGone(page.status)) return said("no", `HTTP ${page.status}`);
  if (page.status !== 200) return said("unknown", `HTTP ${page.status}`);
  const { titles, text, frames } = pageWords(page.text);
  const names = [...(dealer ? [companyIn(text, dealer.name, dealer.slug)] : []), kakaoIn(text)];
  const named = (found: boolean) =>
    names
      .filter((one) => one.found === found)
      .map(({ name }) => name)
      .join(", ");
  const periods = keptPeriods(text);
  if (names.every(({ found }) => found)) return { ...said(dealer ? "yes" : "unknown", named(true), names), periods };
  const letters = text.replace(/\s/g, "").length;
  const certain =
    letters >= fewestLetters && text.includes("개인정보") && frames === 0 && !wall.test(`${titles}\n${text}`);
  return { ...said(certain ? "no" : "unknown", certain ? named(false) : `HTTP ${page.status}`, names), periods };
}

const aboutConsults = /상담|채팅|카카오|문의|민원|불만/;

/** Periods in lines about consultations, each once, in their order. */
function keptPeriods(text: string): string[] {
  const lines = text.split("\n").filter((line) => aboutConsults.test(line));
  return [...new Set(lines.flatMap((line) => periodsIn(line).map(({ words }) => words)))].slice(0, 20);
}

const isGone = (status: number) => status === 404 || status === 410;
