// What each place says of consignees, out of what was recorded of it. Pure; what cannot be read says nothing or is unknown.
import { z } from "zod";
import { keptFactsSchema } from "@/lib/channels/schema/check";
import { type Day, kstDayStart } from "@/lib/clock";
import { type ConsigneeSource, nothingSaid, type Statement, sameCompany, stated } from "./consignees";

export type ContractParties = {
  consignor: string;
  consignee: string;
  subConsignee: string;
  retention: string;
  signedOn: Day | null;
};

/** The newest check of its kind, as it is kept. */
export type CheckFacts = {
  at: Date;
  sha256: string | null;
  facts: unknown;
  /** What it says of onboarding items: a page that was not read with certainty does not prove that a name is missing. */
  answers: unknown;
};

export type ApprovalFacts = { consignor: string; consignee: string; subConsignee: string; approvedOn: Day };

const checkAnswers = z.array(z.object({ item: z.string(), answer: z.string() }));

/** Places in the order of `consigneeSources`; null: there is none yet. */
export function consigneeSourcesOf(of: {
  contract: ContractParties;
  senderProfile: CheckFacts | null;
  privacyPolicy: CheckFacts | null;
  reconsignment: ApprovalFacts | null;
}): ConsigneeSource[] {
  const { contract, senderProfile, privacyPolicy, reconsignment } = of;
  return [
    {
      ...{ key: "contract", at: contract.signedOn === null ? null : kstDayStart(contract.signedOn), sha256: null },
      says: {
        consignor: stated(contract.consignor),
        consignee: stated(contract.consignee),
        subConsignee: stated(contract.subConsignee),
        retention: stated(contract.retention),
      },
    },
    {
      ...{ key: "senderProfile", at: senderProfile?.at ?? null, sha256: senderProfile?.sha256 ?? null },
      says: { ...nothingSaid, ...(senderProfile ? { consignor: profileSays(senderProfile) } : {}) },
    },
    {
      ...{ key: "privacyPolicy", at: privacyPolicy?.at ?? null, sha256: privacyPolicy?.sha256 ?? null },
      says: privacyPolicy ? policySays(privacyPolicy, contract) : nothingSaid,
    },
    {
      ...{ key: "reconsignment", at: reconsignment && kstDayStart(reconsignment.approvedOn), sha256: null },
      says: {
        ...nothingSaid,
        consignor: stated(reconsignment?.consignor),
        consignee: stated(reconsignment?.consignee),
        subConsignee: stated(reconsignment?.subConsignee),
      },
    },
  ];
}

/** 위탁사명 (committalCompanyName): the only party that a sender profile names (field-facts 1.5). */
function profileSays(check: CheckFacts): Statement {
  const facts = keptFactsSchema.safeParse(check.facts).data?.facts ?? [];
  const named = facts.find(({ name }) => name === "committalCompanyName")?.value.trim();
  return named ? stated(named) : { state: "unknown" };
}

/** A policy is searched for names: one that was found is stated, one that was looked for in vain is missing, the rest is unknown. */
function policySays(check: CheckFacts, contract: ContractParties): ConsigneeSource["says"] {
  const names = keptFactsSchema.safeParse(check.facts).data?.names ?? [];
  const answers = checkAnswers.safeParse(check.answers).data ?? [];
  const certain = answers.some((one) => one.item === "privacy-policy" && one.answer !== "unknown");
  const of = (name: string): Statement => {
    if (name === "") return { state: "absent" };
    const tried = names.filter((one) => sameCompany(one.name, name));
    const found = tried.find((one) => one.found);
    if (found) return stated(found.name);
    return certain && tried.length > 0 ? { state: "missing" } : { state: "unknown" };
  };
  return {
    consignor: of(contract.consignor),
    consignee: of(contract.consignee),
    subConsignee: of(contract.subConsignee),
    // Periods are not read out of a policy: what is not looked for is not known.
    retention: contract.retention === "" ? { state: "absent" } : { state: "unknown" },
  };
}
