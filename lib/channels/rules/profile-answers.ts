// What the facts of a sender profile say of onboarding items (field-facts 3: not blocked, dormant or deleted; business; 상담톡 in use).
import { companyCore, sameCompany } from "./company-name";
import type { ItemAnswer, Verdict } from "./profile-check";
import { type FactName, factNames, type ProfileFacts } from "./sender-profile";

/** What the facts are held against. */
export type ProfileSubject = {
  /** As the contracts name the company: the channel's consignor, else the organization. */
  consignor: string;
  categoryCode: string | null;
  /** Before going live 상담톡 is not yet switched on everywhere: "bizchat = false" contradicts nothing then. */
  wentLive: boolean;
};

/** What the facts say; what is absent is unknown. */
export function profileAnswers(facts: ProfileFacts, subject: ProfileSubject): ItemAnswer[] {
  const said = (name: FactName): ItemAnswer["value"] => (facts[name] === undefined ? "" : `${name} = ${facts[name]}`);
  const verdict = (name: FactName): Verdict => factVerdict(name, facts, subject) ?? "unknown";
  const standing = ["block", "dormant", "profileStatus", "status"] as const;
  const bad = standing.find((name) => verdict(name) === "no");
  // Some dealers leave `status` out of the answer; the other three decide.
  const sound = (["block", "dormant", "profileStatus"] as const).every((name) => verdict(name) === "yes");
  return [
    { item: "opened", answer: bad ? "no" : sound ? "yes" : "unknown", value: said(bad ?? "profileStatus") },
    { item: "business", answer: verdict("businessProfile"), value: said("businessProfile") },
    { item: "category", answer: verdict("categoryCode"), value: said("categoryCode") },
    { item: "dealer", answer: verdict("committalCompanyName"), value: String(facts.committalCompanyName ?? "") },
    { item: "contract", answer: verdict("bizchat"), value: said("bizchat") },
  ];
}

/** The verdict on one fact; null where nothing is judged by it or it is absent. */
export function factVerdict(name: FactName, facts: ProfileFacts, subject: ProfileSubject): Verdict | null {
  const value = facts[name];
  if (value === undefined) return null;
  const holds = (fine: boolean): Verdict => (fine ? "yes" : "no");
  switch (name) {
    case "status":
    case "profileStatus":
      return holds(value === "A");
    case "businessProfile":
      return holds(value === true);
    case "bizchat":
      return value === true ? "yes" : subject.wentLive ? "no" : "unknown";
    case "block":
    case "dormant":
      return holds(value === false);
    case "categoryCode":
      return holds(subject.categoryCode === null || value === subject.categoryCode);
    case "committalCompanyName":
      return companyCore(subject.consignor) === "" ? "unknown" : holds(sameCompany(String(value), subject.consignor));
    default:
      return null;
  }
}

export type ShownFact = { name: FactName; value: string; verdict: Verdict | null };

/** The facts in their fixed order, each with its verdict at the time it was kept. */
export function shownFacts(facts: ProfileFacts, subject: ProfileSubject): ShownFact[] {
  return factNames.flatMap((name) =>
    facts[name] === undefined ? [] : [{ name, value: String(facts[name]), verdict: factVerdict(name, facts, subject) }],
  );
}
