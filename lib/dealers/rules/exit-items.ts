// What has to be done when a contract ends, as dated data: the guide's sentences letter by letter, articles of the law by number.
// Law as of 2026-09-10 (개인정보 보호법, 시행령); what an item asks for beyond the article is our reading of it.

import { endOfButtons } from "@/lib/channels/rules/life";

export const exitKeys = [
  "placements",
  "redirects",
  "agents",
  "connections",
  "reconsignments",
  "deletion",
  "consignees",
  "texts",
  "transcripts",
  "register",
] as const;
export type ExitKey = (typeof exitKeys)[number];

export type ExitItem = {
  key: ExitKey;
  /** Needed before the way out is closed; otherwise advice or information. */
  needed: boolean;
  /** derived: follows from data alone; marked: a person says so, with a note or a paper; told: information, nobody says anything. */
  by: "derived" | "marked" | "told";
  /** A paper of this kind is asked for with `done`. */
  paper?: "deletion";
  /** May be set aside with a reason. */
  mayNotApply: boolean;
  /** Kakao's guide, section and sentence, letter by letter (spec/consult-talk-guide.ko.txt). */
  guide?: { section: string; quote: string };
  /** Where the law speaks of it. */
  law?: string;
};

/** Day on which guide and law were compared with these items. */
export const exitItemsCheckedOn = "2026-11-22";

export const exitItems: readonly ExitItem[] = [
  { key: "placements", needed: true, by: "derived", mayNotApply: false, guide: endOfButtons },
  { key: "redirects", needed: true, by: "derived", mayNotApply: false, guide: endOfButtons },
  { key: "agents", needed: false, by: "marked", mayNotApply: true },
  { key: "connections", needed: true, by: "derived", mayNotApply: true, law: "개인정보 보호법 제29조" },
  { key: "reconsignments", needed: true, by: "derived", mayNotApply: false, law: "개인정보 보호법 제26조 제6항" },
  {
    key: "deletion",
    needed: true,
    by: "marked",
    paper: "deletion",
    mayNotApply: true,
    law: "개인정보 보호법 제21조 제1항, 제26조 제4항",
  },
  {
    key: "consignees",
    needed: true,
    by: "marked",
    mayNotApply: true,
    law: "개인정보 보호법 제26조 제2항, 시행령 제28조 제2항",
  },
  { key: "texts", needed: true, by: "marked", mayNotApply: true, law: "개인정보 보호법 제15조 제2항, 제30조 제1항" },
  { key: "transcripts", needed: false, by: "told", mayNotApply: false, law: "개인정보 보호법 제21조" },
  { key: "register", needed: true, by: "derived", mayNotApply: false },
];

/** The item of a key. @throws Error for a key that is none */
export function exitItem(key: ExitKey): ExitItem {
  const found = exitItems.find((item) => item.key === key);
  if (!found) throw new Error(`No item of the way out is called ${key}`);
  return found;
}
