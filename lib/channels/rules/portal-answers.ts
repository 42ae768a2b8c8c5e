// What the portal itself knows of onboarding items: nobody has to mark what stands here (guide 3-1). Pure.
import type { ConsentTarget } from "@/lib/privacy/rules/consent";
import { consentCode } from "@/lib/privacy/rules/consent";
import { noticePeriods } from "@/lib/privacy/rules/notice-facts";
import { type NoticeState, type NoticeVersionFact, noticeState } from "@/lib/privacy/rules/notice-life";
import { periodText } from "@/lib/privacy/rules/period-words";
import { policyCode } from "@/lib/retention/rules/policy-content";
import type { PolicyTerm } from "@/lib/retention/rules/reckon";
import type { OnboardingKey } from "../schema";
import type { CheckAnswer } from "./profile-check";

export type PortalFacts = {
  channelId: string;
  terms: readonly PolicyTerm[];
  notice: { id: string; versions: readonly NoticeVersionFact[] } | null;
  /** Forms with an approved version that are still asked here, the first approved one first. */
  forms: readonly (Pick<ConsentTarget, "number"> & { id: string; approvedAt: Date })[];
};

/** States from which a version has passed each step. */
const passed: Readonly<Partial<Record<OnboardingKey, readonly NoticeState[]>>> = {
  "notice-approved": ["approved", "requested", "declined", "applied", "differs", "verified"],
  "notice-applied": ["applied", "differs", "verified"],
  "notice-verified": ["verified"],
};
const stepOf = { "notice-approved": "approved", "notice-applied": "applied", "notice-verified": "verified" } as const;

/** Yes where it stands; nothing where the portal does not know: a company may have done it elsewhere. */
export function portalAnswers({ channelId, terms, notice, forms }: PortalFacts, now: Date): CheckAnswer[] {
  const answers: CheckAnswer[] = [];
  const { main } = noticePeriods(terms, channelId, now);
  if (main) {
    const value = `${policyCode(main.number)} v${main.version} · ${periodText(main.period)}`;
    answers.push({
      item: "retention",
      answer: "yes",
      value,
      kind: "retention-policy",
      at: main.since,
      checkId: main.policyId,
    });
  }
  for (const item of ["notice-approved", "notice-applied", "notice-verified"] as const) {
    const found = (notice?.versions ?? [])
      .filter((version) => passed[item]?.includes(noticeState(version, notice?.versions ?? [])))
      .toSorted((a, b) => b.number - a.number)[0];
    const at = found?.steps.findLast(({ kind }) => kind === stepOf[item])?.at;
    if (notice && found && at) {
      answers.push({ item, answer: "yes", value: `v${found.number}`, kind: "notice", at, checkId: notice.id });
    }
  }
  const [form] = forms;
  if (form) {
    const value = consentCode(form.number);
    answers.push({
      item: "consent",
      answer: "yes",
      value,
      kind: "consent-form",
      at: form.approvedAt,
      checkId: form.id,
    });
  }
  return answers;
}
