import { describe, expect, it } from "vitest";
import { consigneeCsv, consigneeHtml, consigneeMarkdown } from "./consignee-formats";
import {
  type ConsigneeContract,
  type ConsigneeEntry,
  consigneeChanges,
  consigneeEntries,
  consigneeHash,
  consigneeText,
  emptyPlaces,
  readConsigneeText,
} from "./consignee-list";

const contract = (more: Partial<ConsigneeContract> = {}): ConsigneeContract => ({
  ...{
    number: "HG-1",
    consignee: "인포뱅크 주식회사",
    subConsignee: "주식회사 카카오",
    retention: "위탁 계약 종료 시까지",
  },
  approvals: [{ subConsignee: "㈜카카오", scope: "메시지 송수신" }],
  ...more,
});
const before: ConsigneeEntry[] = [
  { consignee: "(주)인포뱅크", work: "상담톡 시스템 운영", period: "1년", subs: [{ name: "카카오", work: "옛 업무" }] },
];

describe("the list of consignees", () => {
  it("has one row per company, with the words of the list before", () => {
    const other = contract({ number: "HG-2", consignee: "㈜인포뱅크", subConsignee: "", approvals: [] });
    expect(consigneeEntries([contract(), other], before)).toEqual([
      {
        ...{ consignee: "인포뱅크 주식회사", work: "상담톡 시스템 운영", period: "위탁 계약 종료 시까지" },
        subs: [{ name: "㈜카카오", work: "메시지 송수신" }],
      },
    ]);
  });

  it("says where words are missing", () => {
    const entries = consigneeEntries([contract({ retention: "", approvals: [] })], []);
    expect(emptyPlaces(entries)).toEqual([
      { place: "work.0", company: "인포뱅크 주식회사" },
      { place: "period.0", company: "인포뱅크 주식회사" },
      { place: "sub.0.0", company: "주식회사 카카오" },
    ]);
  });

  it("is the same text whatever the order of the contracts, and reads back", () => {
    const luna = contract({ number: "HG-2", consignee: "루나소프트" });
    const text = consigneeText(consigneeEntries([contract(), luna], []));
    expect(consigneeText(consigneeEntries([luna, contract()], []))).toBe(text);
    expect(consigneeText(readConsigneeText(text))).toBe(text);
    expect(consigneeHash(text)).toMatch(/^[0-9a-f]{64}$/);
  });

  it("tells what changes, companies by name", () => {
    const after = consigneeEntries(
      [contract(), contract({ consignee: "루나소프트", subConsignee: "", approvals: [] })],
      before,
    );
    expect(consigneeChanges(before, after)).toEqual([
      { kind: "added", consignee: "루나소프트", sub: "", before: "", after: "" },
      { kind: "period", consignee: "인포뱅크 주식회사", sub: "", before: "1년", after: "위탁 계약 종료 시까지" },
      { kind: "work", consignee: "인포뱅크 주식회사", sub: "㈜카카오", before: "옛 업무", after: "메시지 송수신" },
    ]);
    expect(consigneeChanges(after, [])).toHaveLength(2);
    expect(
      consigneeChanges(before, [{ ...(before[0] as ConsigneeEntry), consignee: "인포뱅크", subs: [] }]),
    ).toMatchObject([{ kind: "sub-removed", sub: "카카오" }]);
  });

  it("is pasted as Markdown, CSV and HTML, and nothing in a name breaks out of it", () => {
    const hostile: ConsigneeEntry[] = [
      {
        consignee: "<b>가|나</b>",
        work: "=1+1\n둘째",
        period: "1년",
        subs: [
          { name: "다", work: "라" },
          { name: "마", work: "바" },
        ],
      },
    ];
    expect(consigneeMarkdown(hostile).split("\n")[2]).toBe("| \\<b\\>가\\|나\\</b\\> | =1+1 둘째 | 1년 | 다 | 라 |");
    expect(consigneeCsv(hostile)).toContain("\"'=1+1");
    const html = consigneeHtml(hostile);
    expect(html).not.toContain("<b>");
    expect(html.match(/<tr>/g)).toHaveLength(3);
    expect(html).toContain('rowspan="2"');
    expect(consigneeMarkdown([])).toContain("| 수탁자 |");
  });
});
