// A save of a contract as one text: what is approved is its hash, so nothing that was not looked at can be approved.
import { createHash } from "node:crypto";
import type { Day } from "@/lib/clock";

export type ContractFields = {
  number: string;
  title: string;
  dealer: string;
  service: boolean;
  consignment: boolean;
  consignor: string;
  consignee: string;
  subConsignee: string;
  retention: string;
  signedOn: Day | null;
  startsOn: Day;
  endsOn: Day | null;
  renewal: string;
  renewalMonths: number | null;
  noticeCount: number | null;
  noticeUnit: string | null;
  dealerNoticeCount: number | null;
  dealerNoticeUnit: string | null;
  marginDays: number;
  termAt: string;
  noticeAt: string;
};

/** In the order in which they are shown. */
export const contractFieldNames = [
  "number",
  "title",
  "dealer",
  "service",
  "consignment",
  "consignor",
  "consignee",
  "subConsignee",
  "retention",
  "signedOn",
  "startsOn",
  "endsOn",
  "termAt",
  "renewal",
  "renewalMonths",
  "noticeCount",
  "noticeUnit",
  "dealerNoticeCount",
  "dealerNoticeUnit",
  "noticeAt",
  "marginDays",
] as const satisfies readonly (keyof ContractFields)[];
export type ContractFieldName = (typeof contractFieldNames)[number];

export type ContentChannel = { channelId: string; fromOn: Day; untilOn: Day | null };
export type ContentClause = { clause: string; place: string; page: string; verdict: string; note: string };
export type ContentDocument = { kind: string; sha256: string; signedOn: Day | null };

export type ContractContent = {
  fields: ContractFields;
  channels: readonly ContentChannel[];
  clauses: readonly ContentClause[];
  documents: readonly ContentDocument[];
};

/** Canonical JSON: fixed keys in a fixed order, lists sorted. The same content is always the same text. */
export function contractText({ fields, channels, clauses, documents }: ContractContent): string {
  const by =
    <T>(key: (one: T) => string) =>
    (a: T, b: T) =>
      key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0;
  return JSON.stringify({
    fields: Object.fromEntries(contractFieldNames.map((name) => [name, fields[name]])),
    channels: channels
      .map(({ channelId, fromOn, untilOn }) => ({ channelId, fromOn, untilOn }))
      .sort(by((one) => one.channelId)),
    clauses: clauses
      .map(({ clause, place, page, verdict, note }) => ({ clause, place, page, verdict, note }))
      .sort(by((one) => one.clause)),
    documents: documents
      .map(({ kind, sha256, signedOn }) => ({ kind, sha256, signedOn }))
      .sort(by((one) => `${one.kind} ${one.sha256} ${one.signedOn}`)),
  });
}

/** SHA-256 of a version's text, hex. */
export function contractHash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** The content of a text that `contractText` wrote. */
export function readContractText(text: string): ContractContent {
  return JSON.parse(text) as ContractContent;
}

export type Difference =
  | {
      part: "field";
      name: ContractFieldName;
      before: ContractFields[ContractFieldName];
      after: ContractFields[ContractFieldName];
    }
  | { part: "channel"; channelId: string; before: ContentChannel | null; after: ContentChannel | null }
  | { part: "clause"; clause: string; before: ContentClause | null; after: ContentClause | null }
  | { part: "document"; document: ContentDocument; change: "added" | "removed" };

/** What is different in `after`, in the order of the page. */
export function differencesOf(before: ContractContent, after: ContractContent): Difference[] {
  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  const ids = (a: readonly string[], b: readonly string[]) => [...new Set([...a, ...b])];
  const fields = contractFieldNames
    .filter((name) => !same(before.fields[name], after.fields[name]))
    .map((name) => ({ part: "field" as const, name, before: before.fields[name], after: after.fields[name] }));
  const channels = ids(
    before.channels.map((one) => one.channelId),
    after.channels.map((one) => one.channelId),
  ).flatMap((channelId) => {
    const was = before.channels.find((one) => one.channelId === channelId) ?? null;
    const is = after.channels.find((one) => one.channelId === channelId) ?? null;
    return was?.fromOn === is?.fromOn && was?.untilOn === is?.untilOn
      ? []
      : [{ part: "channel" as const, channelId, before: was, after: is }];
  });
  const clauses = ids(
    before.clauses.map((one) => one.clause),
    after.clauses.map((one) => one.clause),
  ).flatMap((clause) => {
    const was = before.clauses.find((one) => one.clause === clause) ?? null;
    const is = after.clauses.find((one) => one.clause === clause) ?? null;
    const changed =
      !was ||
      !is ||
      was.place !== is.place ||
      was.page !== is.page ||
      was.verdict !== is.verdict ||
      was.note !== is.note;
    return changed ? [{ part: "clause" as const, clause, before: was, after: is }] : [];
  });
  const key = (one: ContentDocument) => `${one.kind} ${one.sha256} ${one.signedOn}`;
  const missing = (from: readonly ContentDocument[], list: readonly ContentDocument[]) =>
    from.filter((one) => !list.some((other) => key(other) === key(one)));
  return [
    ...fields,
    ...channels,
    ...clauses,
    ...missing(before.documents, after.documents).map((document) => ({
      part: "document" as const,
      document,
      change: "removed" as const,
    })),
    ...missing(after.documents, before.documents).map((document) => ({
      part: "document" as const,
      document,
      change: "added" as const,
    })),
  ];
}
