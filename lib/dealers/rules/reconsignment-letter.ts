// The letter of approval that a company signs (재위탁 승인서). Our words, marked as the company's own form: nobody prescribes one.
import { createHash } from "node:crypto";
import type { Day } from "@/lib/clock";
import type { Letter } from "@/lib/pdf/letter";
import { reconsignmentBasis } from "./reconsignment";

/** What is approved; all of it is part of the hash. */
export type ApprovedContent = {
  id: string;
  consignor: string;
  consignee: string;
  subConsignee: string;
  scope: string;
  items: string;
  approverName: string;
  approverTitle: string;
  approvedOn: Day;
  validFrom: Day;
  validUntil: Day | null;
  channel: { name: string; searchId: string };
  contract: { number: string; title: string; signedOn: Day | null };
};

/** SHA-256, hex, of the approved content as JSON with its keys in a fixed order: printed in the letter, so that a copy can be told. */
export function approvedHash(content: ApprovedContent): string {
  const { id, consignor, consignee, subConsignee, scope, items, approverName, approverTitle } = content;
  const { approvedOn, validFrom, validUntil, channel, contract } = content;
  const inOrder = [
    ...[id, consignor, consignee, subConsignee, scope, items, approverName, approverTitle],
    ...[approvedOn, validFrom, validUntil, channel.name, channel.searchId],
    ...[contract.number, contract.title, contract.signedOn],
  ];
  return createHash("sha256").update(JSON.stringify(inOrder)).digest("hex");
}

/** Number of the letter: short enough to be read aloud. */
export function letterNumber(id: string): string {
  return `RC-${id.slice(0, 8).toUpperCase()}`;
}

/** Name of the file that is downloaded. */
export function letterName({ id, channel }: Pick<ApprovedContent, "id" | "channel">): string {
  return `재위탁 승인서_${channel.name}_${letterNumber(id)}.pdf`;
}

/** The letter as it is set. @param recordedAt when it was recorded @param withdrawnOn first day on which it holds no longer */
export function reconsignmentLetter(content: ApprovedContent, recordedAt: Date, withdrawnOn: Day | null): Letter {
  const { consignor, consignee, subConsignee, channel, contract, approvedOn } = content;
  const signed = contract.signedOn ? ` (${longDate(contract.signedOn)} 체결)` : "";
  return {
    author: consignor,
    at: recordedAt,
    form: `회사 서식 · ${letterNumber(content.id)}`,
    title: "개인정보 처리업무 재위탁 승인서",
    opening:
      "위탁자는 수탁자가 위탁받은 개인정보 처리업무를 아래와 같이 재수탁자에게 다시 위탁하는 것에 동의하고 이를 서면으로 승인합니다.",
    rows: [
      ["위탁자", consignor],
      ["수탁자", consignee],
      ["재수탁자", subConsignee],
      ["대상 채널", `${channel.name} (@${channel.searchId})`],
      ["원계약", `${contract.number} ${contract.title}${signed}`],
      ["위탁 업무의 범위", content.scope],
      ["개인정보 항목", content.items],
      ["유효 기간", period(content)],
      ["근거", `${reconsignmentBasis.law} ${reconsignmentBasis.article}`],
      ...(withdrawnOn ? [["철회", `${longDate(withdrawnOn)}부터 효력 없음`] as const] : []),
    ],
    terms: [
      "이 승인은 위에 적은 재수탁자, 업무 범위, 개인정보 항목에 한하며, 그 가운데 하나라도 바뀌면 다시 승인을 받습니다.",
      "수탁자는 재수탁자가 위 범위를 넘어 개인정보를 처리하지 않도록 관리합니다.",
      "위탁자는 사유를 적은 서면으로 이 승인을 철회할 수 있습니다.",
    ],
    day: longDate(approvedOn),
    signature: {
      role: "위탁자",
      party: consignor,
      lines: [
        ...(content.approverTitle ? [["직위", content.approverTitle] as const] : []),
        ["성명", content.approverName],
      ],
      seal: "(인)",
    },
    to: `${consignee} 귀중`,
    foot: `${letterNumber(content.id)} · ${contract.number}\n승인 내용 SHA-256 ${approvedHash(content)}`,
    replaced: (count) => `글꼴에 없는 문자 ${count}자를 □로 적었습니다. 서명하기 전에 손으로 고쳐 적어 주십시오.`,
  };
}

function period({ validFrom, validUntil }: Pick<ApprovedContent, "validFrom" | "validUntil">): string {
  return validUntil === null
    ? `${longDate(validFrom)}부터 철회할 때까지`
    : `${longDate(validFrom)}부터 ${longDate(validUntil)}까지`;
}

/** `2026년 1월 20일` */
function longDate(day: Day): string {
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  return `${year}년 ${month}월 ${date}일`;
}
