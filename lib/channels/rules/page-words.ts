// The words of a public page as a person would read them, and whether a name stands among them.
import { Parser } from "htmlparser2";
import { companyCore } from "./company-name";

export type PageWords = {
  /** Title and what the page calls itself for previews (og:title, og:site_name). */
  titles: string;
  /** One line per block or table cell. */
  text: string;
  /** Frames whose words are elsewhere, and parts too deep to be read. */
  frames: number;
};

const unread = new Set(["script", "style", "noscript", "template", "svg", "head"]);
const inline = new Set([
  "a",
  "abbr",
  "b",
  "bdi",
  "code",
  "em",
  "font",
  "i",
  "mark",
  "s",
  "small",
  "span",
  "strong",
  "sub",
  "sup",
  "u",
]);

/** No page for people lies deeper; the parser's time grows with the square of it. */
const deepest = 4_000;

/** Reads HTML in one pass, without a tree. */
export function pageWords(html: string): PageWords {
  let titles = "";
  let text = "";
  let depth = 0;
  let skipping = 0;
  let inTitle = false;
  let frames = 0;
  const parser = new Parser({
    onopentag(name, { property, name: named, content }) {
      depth += 1;
      if (name === "title") inTitle = true;
      if (name === "iframe" || name === "frame" || name === "object" || name === "embed") frames += 1;
      if (name === "meta" && /^(og:title|og:site_name)$/.test(property ?? named ?? ""))
        titles += `\n${content ?? ""}\n`;
      if (unread.has(name)) skipping += 1;
      else if (!inline.has(name)) text += "\n";
    },
    ontext(part) {
      if (inTitle) titles += part;
      else if (skipping === 0) text += part.replace(/\s+/g, " ");
    },
    onclosetag(name) {
      depth -= 1;
      if (name === "title") inTitle = false;
      if (unread.has(name)) skipping = Math.max(0, skipping - 1);
      else if (!inline.has(name)) text += "\n";
    },
  });
  for (let at = 0; at < html.length && depth <= deepest; at += 8_192) parser.write(html.slice(at, at + 8_192));
  if (depth > deepest) frames += 1;
  else parser.end();
  const tidy = (words: string) =>
    words
      .normalize("NFKC")
      .replace(/[^\S\n]+/g, " ")
      .replace(/\s*\n\s*/g, "\n")
      .trim();
  return { titles: tidy(titles), text: tidy(text), frames };
}

export type NameSeen = {
  name: string;
  found: boolean /** Up to 120 characters around it; "" where it is not found. */;
  snippet: string;
};

/** Kakao's services and sister companies, which are not Kakao the sub-consignee. */
const notKakao =
  "톡|알림|친구|페이|뱅크|모빌리티|스토리|맵|내비|네비|채널|계정|로그인|싱크|게임즈|엔터|스타일|헤어|이모티콘|택시|비즈|모먼트|플러스|커머스|메이커스|선물|픽코마|웹툰|보험|증권|브레인|인증|뮤직|페이지";
const kakao = new RegExp(
  `카카오(?! ?(?:${notKakao}))|(?<![a-z.@/])kakao(?![a-z]|\\.\\w| ?(?:talk|pay|bank|story))`,
  "i",
);

/** Whether Kakao itself (카카오, (주)카카오, Kakao Corp.) stands in the text, beyond the names of its services. */
export function kakaoIn(text: string): NameSeen {
  return seen("카카오", kakao.exec(text), text);
}

/** Whether a company stands in the text, with or without its legal form; `latin` is how it is written in Latin letters ("mbi-solution"). */
export function companyIn(text: string, name: string, latin: string | null): NameSeen {
  const core = [...companyCore(name)].map(escaped).join(" ?");
  const letters = latin === null ? "" : `|(?<![a-z])${latin.split("-").map(escaped).join("[ -]?")}(?![a-z])`;
  return seen(name, core === "" ? null : new RegExp(`${core}${letters}`, "i").exec(text), text);
}

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|-]/g, "\\$&");

function seen(name: string, match: RegExpExecArray | null, text: string): NameSeen {
  if (!match) return { name, found: false, snippet: "" };
  const from = Math.max(0, match.index - 40);
  return {
    name,
    found: true,
    snippet: text
      .slice(from, from + 120)
      .replace(/\s+/g, " ")
      .trim(),
  };
}
