// A save of a notice as one text: what is approved is its hash and that of the text which is sent.
import { createHash } from "node:crypto";
import { sentText } from "@/lib/templates/rules/counting";
import type { NoticeFacts } from "./notice-lint";
import type { NoticeValues } from "./notice-text";

export type NoticeWords = { source: string; hours: string; summary: string; weight: string };

/** Hex SHA-256 of what was saved: canonical JSON in a fixed order. */
export function noticeHash({ source, hours, summary, weight }: NoticeWords): string {
  return sha256(JSON.stringify([sentText(source), hours, summary, weight]));
}

/** Hex SHA-256 of a text as it is sent, UTF-8: what anybody can reckon from the text alone. */
export function textHash(text: string): string {
  return sha256(sentText(text));
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** What a text agreed with when it was submitted or approved; kept with the step. */
export type FrozenFacts = {
  values: NoticeValues;
  policy: { id: string; versionId: string; number: number; version: number; count: number; unit: string } | null;
  exceptions: { category: string; number: number; version: number; count: number; unit: string }[];
  contracts: { id: string; number: string; consignee: string; subConsignee: string }[];
};

export function frozenFacts({ values, periods, processors }: NoticeFacts): FrozenFacts {
  const { main, exceptions } = periods;
  return {
    values,
    policy: main && {
      ...{ id: main.policyId, versionId: main.versionId, number: main.number, version: main.version, ...main.period },
    },
    exceptions: exceptions.map(({ category, number, version, period }) => ({ category, number, version, ...period })),
    contracts: processors.map(({ contractId, contractNumber, consignee, subConsignee }) => ({
      ...{ id: contractId, number: contractNumber, consignee, subConsignee },
    })),
  };
}
