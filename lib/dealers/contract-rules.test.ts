import { describe, expect, it } from "vitest";
import { Refused } from "@/lib/errors";
import { clauseGaps, clauseRules } from "./rules/clauses";
import { approvalState, contractState } from "./rules/contract";
import { assertMayDecide, assertMaySubmit, submitGaps } from "./rules/contract-approval";
import {
  type ContractContent,
  type ContractFields,
  contractHash,
  contractText,
  differencesOf,
  readContractText,
} from "./rules/contract-content";
import { assertCoverFits, assertFieldsFit, lastCovered } from "./rules/contract-fit";
import { clausesOf, createContractSchema, listContractsSchema, setClausesSchema } from "./schema/contract";

const fields: ContractFields = {
  ...{ number: "HG-1", title: "상담톡 이용 계약", dealer: "infobank", service: true, consignment: true },
  ...{ consignor: "주식회사 한결생활", consignee: "인포뱅크 주식회사", subConsignee: "주식회사 카카오", retention: "" },
  ...{ signedOn: null, startsOn: "2026-01-15", endsOn: "2028-01-14", renewal: "tacit", renewalMonths: 12 },
  ...{ noticeCount: 30, noticeUnit: "days", dealerNoticeCount: null, dealerNoticeUnit: null, marginDays: 5 },
  ...{ termAt: "", noticeAt: "" },
};
const clause = { clause: "scope", place: "제2조", page: "2", verdict: "met", note: "" };
const content: ContractContent = {
  fields,
  channels: [
    { channelId: "b", fromOn: "2026-01-15", untilOn: null },
    { channelId: "a", fromOn: "2026-02-01", untilOn: "2026-12-31" },
  ],
  clauses: [clause],
  documents: [{ kind: "contract", sha256: "aa", signedOn: null }],
};

const refusal = (act: () => void): { key: string; field: string | undefined } | null => {
  try {
    act();
    return null;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { key: error.key.replace("dealers.contracts.refused.", ""), field: error.field };
  }
};

describe("clauses", () => {
  it("are the seven of the Act and the Decree, each with its article, and one that is only advised", () => {
    const needed = clauseRules.filter((rule) => rule.needed);
    expect(needed.map((rule) => rule.number)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(needed.map((rule) => rule.article)).toEqual([
      ...["법 제26조 제1항 제1호", "법 제26조 제1항 제2호"],
      ...[1, 2, 3, 4, 5].map((item) => `시행령 제28조 제1항 제${item}호`),
    ]);
    expect(clauseRules.filter((rule) => !rule.needed).map((rule) => rule.key)).toEqual(["check-interval"]);
  });
  it("are missing while unjudged, without a place or a page, or judged so; a weak one is there", () => {
    const met = clauseRules
      .filter((rule) => rule.needed)
      .map((rule) => ({ clause: rule.key, place: "제4조", page: "3", verdict: "met" }));
    expect(clauseGaps(met)).toEqual([]);
    expect(clauseGaps([])).toHaveLength(7);
    const change = (key: string, more: object) => met.map((one) => (one.clause === key ? { ...one, ...more } : one));
    expect(clauseGaps(change("scope", { page: "" }))).toEqual([{ key: "scope", reason: "noPlace" }]);
    expect(clauseGaps(change("scope", { place: "" }))).toEqual([{ key: "scope", reason: "noPlace" }]);
    expect(clauseGaps(change("liability", { verdict: "missing" }))).toEqual([{ key: "liability", reason: "missing" }]);
    expect(clauseGaps(change("supervision", { verdict: "weak" }))).toEqual([]);
    expect(clauseGaps(met.slice(1))).toEqual([{ key: "purpose-ban", reason: "unjudged" }]);
  });
});

describe("contractText", () => {
  it("is the same for the same content in another order, and another for another content", () => {
    const shuffled = { ...content, channels: content.channels.toReversed(), fields: { ...fields } };
    expect(contractText(shuffled)).toBe(contractText(content));
    const hash = contractHash(contractText(content));
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    for (const other of [
      { ...content, fields: { ...fields, marginDays: 6 } },
      { ...content, channels: content.channels.slice(1) },
      { ...content, clauses: [{ ...clause, note: "주기 없음" }] },
      { ...content, documents: [{ kind: "contract", sha256: "ab", signedOn: null }] },
    ]) {
      expect(contractHash(contractText(other))).not.toBe(hash);
    }
  });
  it("leaves out what is not part of the content", () => {
    const more = { ...fields, id: "1", version: 3 };
    expect(contractText({ ...content, fields: more })).toBe(contractText(content));
    expect(readContractText(contractText(content)).fields).toEqual(fields);
  });
});

describe("differencesOf", () => {
  it("finds nothing between equal contents", () => {
    expect(differencesOf(content, readContractText(contractText(content)))).toEqual([]);
  });
  it("names each field, channel, clause and document that differs", () => {
    const after: ContractContent = {
      fields: { ...fields, endsOn: "2029-01-14", title: "새 이름" },
      channels: [
        { channelId: "a", fromOn: "2026-02-01", untilOn: null },
        { channelId: "c", fromOn: "2026-03-01", untilOn: null },
      ],
      clauses: [{ ...clause, page: "3" }],
      documents: [{ kind: "contract", sha256: "bb", signedOn: null }],
    };
    const found = differencesOf(content, after);
    expect(found.filter((one) => one.part === "field").map((one) => one.name)).toEqual(["title", "endsOn"]);
    expect(found.filter((one) => one.part === "channel").map((one) => [one.channelId, one.before, one.after])).toEqual([
      ["b", content.channels[0], null],
      ["a", content.channels[1], after.channels[0]],
      ["c", null, after.channels[1]],
    ]);
    expect(found.filter((one) => one.part === "clause")).toHaveLength(1);
    expect(found.filter((one) => one.part === "document").map((one) => [one.change, one.document.sha256])).toEqual([
      ["removed", "aa"],
      ["added", "bb"],
    ]);
  });
});

describe("assertFieldsFit", () => {
  it("takes what fits", () => {
    expect(refusal(() => assertFieldsFit(fields))).toBeNull();
    expect(refusal(() => assertFieldsFit({ ...fields, endsOn: "2026-01-15" }))).toBeNull();
    expect(
      refusal(() => assertFieldsFit({ ...fields, endsOn: null, renewal: "none", renewalMonths: null })),
    ).toBeNull();
    expect(refusal(() => assertFieldsFit({ ...fields, renewal: "fixed", renewalMonths: null }))).toBeNull();
  });
  it.each([
    [{ service: false, consignment: false }, "kind", "service"],
    [{ endsOn: "2026-01-14" }, "endBeforeStart", "endsOn"],
    [{ endsOn: null }, "renewalEnd", "renewal"],
    [{ renewalMonths: null }, "renewalMonths", "renewalMonths"],
    [{ renewal: "none" }, "renewalNone", "renewalMonths"],
    [{ noticeUnit: null }, "noticePair", "noticeUnit"],
    [{ dealerNoticeUnit: "months" }, "noticePair", "dealerNoticeCount"],
  ])("refuses %o beside its field", (more, key, field) => {
    expect(refusal(() => assertFieldsFit({ ...fields, ...more }))).toEqual({ key, field });
  });
});

describe("the days of a channel", () => {
  it("begin with the contract and end no earlier than they begin", () => {
    expect(refusal(() => assertCoverFits({ fromOn: "2026-01-15", untilOn: "2026-01-15" }, "2026-01-15"))).toBeNull();
    expect(refusal(() => assertCoverFits({ fromOn: "2026-01-14", untilOn: null }, "2026-01-15"))?.field).toBe("fromOn");
    expect(refusal(() => assertCoverFits({ fromOn: "2026-02-02", untilOn: "2026-02-01" }, "2026-01-15"))?.field).toBe(
      "untilOn",
    );
  });
  it("end with the earliest of their own end, the agreed end, and a term that nothing renews", () => {
    const open = { endsOn: null, renewal: "none", agreedEndOn: null };
    expect(lastCovered({ untilOn: null }, open)).toBeNull();
    expect(lastCovered({ untilOn: "2026-05-01" }, { ...open, agreedEndOn: "2026-04-01" })).toBe("2026-04-01");
    expect(lastCovered({ untilOn: null }, { ...open, endsOn: "2026-06-30" })).toBe("2026-06-30");
    expect(lastCovered({ untilOn: null }, { ...open, endsOn: "2026-06-30", renewal: "tacit" })).toBeNull();
  });
});

describe("approval", () => {
  const step = (kind: string, number: number, minute: number) => ({
    ...{ kind, number, hash: "h", personId: "p", at: new Date(Date.UTC(2026, 0, 1, 0, minute)) },
  });
  it("is of the newest version alone", () => {
    expect(approvalState(1, [])).toBe("draft");
    expect(approvalState(1, [step("submitted", 1, 0)])).toBe("submitted");
    expect(approvalState(1, [step("approved", 1, 1), step("submitted", 1, 0)])).toBe("approved");
    expect(approvalState(2, [step("approved", 1, 1)])).toBe("draft");
    expect(approvalState(1, [step("submitted", 1, 0), step("withdrawn", 1, 1)])).toBe("draft");
    expect(approvalState(1, [step("submitted", 1, 0), step("rejected", 1, 1), step("submitted", 1, 2)])).toBe(
      "submitted",
    );
  });
  it("gives a contract its life once it stands", () => {
    const life = { startsOn: "2026-02-01", termEndsOn: "2026-12-31", endsOn: null };
    expect(contractState("submitted", life, "2026-03-01")).toBe("submitted");
    expect(contractState("approved", life, "2026-01-31")).toBe("upcoming");
    expect(contractState("approved", life, "2026-02-01")).toBe("inForce");
    expect(contractState("approved", life, "2026-12-31")).toBe("inForce");
    expect(contractState("approved", life, "2027-01-01")).toBe("expired");
    expect(contractState("approved", { ...life, endsOn: "2026-05-01" }, "2026-05-01")).toBe("ending");
    expect(contractState("draft", { ...life, endsOn: "2026-05-01" }, "2026-05-02")).toBe("ended");
  });
  it("is asked for with the clauses of a consignment contract and its paper", () => {
    const judged = clauseRules.map((rule) => ({ clause: rule.key, place: "제1조", page: "1", verdict: "met" }));
    const ready = { service: true, consignment: true, clauses: judged, documents: [{ kind: "consignment" }] };
    expect(submitGaps(ready)).toEqual([]);
    expect(submitGaps({ ...ready, documents: [{ kind: "contract" }] })).toEqual([
      { kind: "document", reason: "consignmentDocument" },
    ]);
    expect(submitGaps({ ...ready, consignment: false, clauses: [], documents: [] })).toEqual([
      { kind: "document", reason: "document" },
    ]);
    expect(submitGaps({ ...ready, consignment: false, clauses: [], documents: [{ kind: "contract" }] })).toEqual([]);
    expect(refusal(() => assertMaySubmit("draft", ready))).toBeNull();
    expect(refusal(() => assertMaySubmit("rejected", ready))).toBeNull();
    expect(refusal(() => assertMaySubmit("submitted", ready))?.key).toBe("notDraft");
    expect(refusal(() => assertMaySubmit("approved", ready))?.key).toBe("notDraft");
    expect(refusal(() => assertMaySubmit("draft", { ...ready, clauses: [] }))?.key).toBe("gaps");
  });
  it("is given by somebody who neither wrote nor submitted it", () => {
    const people = { authorIds: ["writer"], submitterId: "asker" };
    expect(refusal(() => assertMayDecide("submitted", people, "second"))).toBeNull();
    expect(refusal(() => assertMayDecide("submitted", people, "writer"))?.key).toBe("author");
    expect(refusal(() => assertMayDecide("submitted", people, "asker"))?.key).toBe("submitter");
    expect(refusal(() => assertMayDecide("approved", people, "second"))?.key).toBe("alreadyApproved");
    expect(refusal(() => assertMayDecide("draft", people, "second"))?.key).toBe("notSubmitted");
  });
});

describe("what a form may say", () => {
  const said = { ...fields, signedOn: null };
  it("takes a contract as written, in composed Hangul", () => {
    const parsed = createContractSchema.parse({ ...said, title: " 계약서 ".normalize("NFD") });
    expect(parsed.title).toBe("계약서");
  });
  it.each([
    ["number", ""],
    ["number", "가".repeat(41)],
    ["dealer", "nobody"],
    ["startsOn", "2026-02-30"],
    ["endsOn", "1999-12-31"],
    ["renewal", "yearly"],
    ["renewalMonths", 121],
    ["noticeCount", 0],
    ["marginDays", -1],
    ["title", "가\u202e나"],
  ])("refuses %s %s", (name, value) => {
    const issues = createContractSchema.safeParse({ ...said, [name]: value }).error?.issues ?? [];
    expect(issues.map((issue) => issue.path[0])).toEqual([name]);
  });
  it("reads the clauses that were judged, and nothing of the others", () => {
    const input = setClausesSchema.parse({
      ...{ contractId: "7b0e5a5e-3a57-4c57-9f0a-7d5f6c1a2b3c", version: 1 },
      ...{ "place-scope": "제2조", "page-scope": "2", "verdict-scope": "met", "place-safeguards": "제7조" },
    });
    expect(clausesOf(input)).toEqual([clause]);
  });
  it("leaves aside what an address asks that no list knows", () => {
    expect(listContractsSchema.parse({ state: "nothing", dealer: "x", q: " ", sort: ["end"] })).toEqual({});
  });
});
