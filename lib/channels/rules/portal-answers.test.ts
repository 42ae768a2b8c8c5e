import { describe, expect, it } from "vitest";
import type { NoticeVersionFact } from "@/lib/privacy/rules/notice-life";
import type { PolicyTerm } from "@/lib/retention/rules/reckon";
import { type PortalFacts, portalAnswers } from "./portal-answers";

const now = new Date("2026-11-23T03:00:00Z");
const term: PolicyTerm = {
  ...{ versionId: "v", policyId: "p", policyNumber: 3, name: "일반", channelId: null, category: null, scope: "text" },
  ...{ number: 12, count: 1, unit: "years", anchor: "session-end", basis: "own" },
  ...{ fromAt: new Date("2026-11-01T00:00:00Z"), untilAt: null },
};
const version = (number: number, ...kinds: string[]): NoticeVersionFact => ({
  ...{ id: `v${number}`, number, hash: "h" },
  steps: kinds.map((kind, day) => ({ kind, hash: "h", personId: "a", at: new Date(Date.UTC(2026, number, day + 1)) })),
});
const all = ["submitted", "approved", "requested", "applied", "verified"];
const facts = (more: Partial<PortalFacts>): PortalFacts => ({
  channelId: "c",
  terms: [],
  notice: null,
  forms: [],
  ...more,
});
const items = (more: Partial<PortalFacts>) => portalAnswers(facts(more), now).map(({ item, value }) => [item, value]);

describe("what the portal knows of onboarding", () => {
  it("is nothing where nothing stands here", () => {
    expect(items({})).toEqual([]);
    expect(items({ notice: { id: "n", versions: [version(1), version(2, "submitted")] } })).toEqual([]);
    expect(items({ terms: [{ ...term, fromAt: new Date("2026-12-01T00:00:00Z") }] })).toEqual([]);
  });

  it("is the policy in force and the form that is asked", () => {
    const forms = [{ id: "f", number: 1, approvedAt: now }];
    expect(items({ terms: [term], forms })).toEqual([
      ["retention", "RP-03 v12 · 1년"],
      ["consent", "CF-01"],
    ]);
  });

  it("is the newest version that has passed each step", () => {
    expect(items({ notice: { id: "n", versions: [version(1, ...all), version(2, ...all.slice(0, 3))] } })).toEqual([
      ["notice-approved", "v2"],
      ["notice-applied", "v1"],
      ["notice-verified", "v1"],
    ]);
  });
});
