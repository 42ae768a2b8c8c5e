import { describe, expect, it } from "vitest";
import { type KeptSession, type PolicyTerm, reckonFile, reckonSession } from "./reckon";

const at = (text: string) => new Date(text);
const term = (more: Partial<PolicyTerm> = {}): PolicyTerm => ({
  ...{
    versionId: "v1",
    policyId: "p1",
    policyNumber: 1,
    name: "일반 문의",
    channelId: null,
    category: null,
    scope: "text",
    number: 1,
  },
  ...{
    count: 1,
    unit: "years",
    anchor: "session-end",
    basis: "pipa-15-1-1",
    fromAt: at("2026-01-01T00:00:00Z"),
    untilAt: null,
  },
  ...more,
});
const dispute = term({
  versionId: "d1",
  policyId: "p2",
  category: "dispute",
  count: 3,
  anchor: "case-closed",
  basis: "ecommerce-dispute",
});
const session = (more: Partial<KeptSession> = {}): KeptSession => ({
  ...{ channelId: "c1", openedAt: at("2026-03-01T01:00:00Z"), lastUserMessageAt: at("2026-03-01T02:00:00Z") },
  ...{ lastMessageAt: at("2026-03-01T02:30:00Z"), endedAt: at("2026-03-02T01:00:00Z"), categories: ["general"] },
  ...{ caseClosedOn: null, transactionOn: null, promisedOn: null },
  ...more,
});
const now = at("2026-06-01T00:00:00Z");

describe("reckonSession", () => {
  it("counts from the end of the session", () => {
    expect(reckonSession(session(), [term()], now)).toMatchObject({
      dueOn: "2027-03-02",
      ordinaryDueOn: "2027-03-02",
      versionId: "v1",
    });
  });
  it("knows no last day while the session is open, and counts from the end of silence after 30 days", () => {
    const open = session({ endedAt: null });
    expect(reckonSession(open, [term()], at("2026-03-20T00:00:00Z"))).toMatchObject({ dueOn: null, wait: "end" });
    expect(reckonSession(open, [term()], now)).toMatchObject({ dueOn: "2027-03-31" });
  });
  it("knows none without an approved policy", () => {
    expect(reckonSession(session(), [], now)).toMatchObject({ dueOn: null, wait: "policy", versionId: null });
    expect(reckonSession(session(), [term({ channelId: "c2" })], now)).toMatchObject({ wait: "policy" });
  });
  it("lets the longest of two win, and marks what a law alone keeps", () => {
    const closed = session({ categories: ["general", "dispute"], caseClosedOn: "2026-04-01" });
    expect(reckonSession(closed, [term(), dispute], now)).toMatchObject({
      dueOn: "2029-04-01",
      ordinaryDueOn: "2027-03-02",
      versionId: "d1",
    });
  });
  it("waits for the case to be closed, whatever the shorter policy says", () => {
    const unclosed = session({ categories: ["general", "dispute"] });
    expect(reckonSession(unclosed, [term(), dispute], now)).toMatchObject({
      dueOn: null,
      wait: "case",
      ordinaryDueOn: "2027-03-02",
    });
  });
  it("keeps the promise of a version that was shortened after the session had begun", () => {
    const before = term({ untilAt: at("2026-05-01T00:00:00Z"), count: 3 });
    const after = term({ versionId: "v2", number: 2, fromAt: at("2026-05-01T00:00:00Z") });
    expect(reckonSession(session(), [before, after], now)).toMatchObject({ dueOn: "2029-03-02", versionId: "v1" });
    const later = session({
      openedAt: at("2026-05-02T00:00:00Z"),
      lastUserMessageAt: at("2026-05-02T00:00:00Z"),
      lastMessageAt: at("2026-05-02T00:00:00Z"),
      endedAt: at("2026-05-02T01:00:00Z"),
    });
    expect(reckonSession(later, [before, after], now)).toMatchObject({ dueOn: "2027-05-02", versionId: "v2" });
  });
  it("applies a version that was lengthened after the session had ended", () => {
    const before = term({ untilAt: at("2026-05-01T00:00:00Z") });
    const after = term({ versionId: "v2", number: 2, count: 2, fromAt: at("2026-05-01T00:00:00Z") });
    expect(reckonSession(session(), [before, after], now)).toMatchObject({ dueOn: "2028-03-02", versionId: "v2" });
  });
  it("keeps a later day that was once promised, also when it was moved to a shorter category", () => {
    expect(reckonSession(session({ promisedOn: "2030-01-01" }), [term()], now)).toMatchObject({
      dueOn: "2030-01-01",
      promised: true,
    });
  });
});

describe("reckonFile", () => {
  const files = term({ versionId: "f1", scope: "file", anchor: "received", count: 6, unit: "months" });
  it("may end before the text, and never after it", () => {
    const received = at("2026-03-01T02:00:00Z");
    expect(reckonFile(session(), received, "2027-03-02", [term(), files], now)).toBe("2026-09-01");
    expect(reckonFile(session(), received, "2026-05-01", [term(), files], now)).toBe("2026-05-01");
    expect(reckonFile(session(), received, "2027-03-02", [term()], now)).toBe("2027-03-02");
    expect(reckonFile(session(), received, null, [term()], now)).toBeNull();
  });
});
