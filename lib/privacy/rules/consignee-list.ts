// The list of consignees (수탁자) and sub-consignees (재수탁자) as a company publishes it (개인정보 보호법 제26조 제2항, 시행령 제28조 제2항). Pure.
import { createHash } from "node:crypto";
import { z } from "zod";
import { sameCompany } from "@/lib/dealers/rules/consignees";

/** A consignee with what is passed on to whom. One row of the published table. */
export type ConsigneeEntry = {
  consignee: string;
  /** 위탁하는 업무의 내용. */
  work: string;
  /** 보유·이용 기간, as the contract says it. */
  period: string;
  subs: { name: string; work: string }[];
};

/** What a contract in force says, with the approvals of re-consignment that stand under it. */
export type ConsigneeContract = {
  number: string;
  consignee: string;
  subConsignee: string;
  retention: string;
  approvals: { subConsignee: string; scope: string }[];
};

/**
 * The table that contracts and approvals give today: one row per consignee, one line per sub-consignee.
 * What a consignee does is written by people: it is taken from the list before, by company.
 */
export function consigneeEntries(
  contracts: readonly ConsigneeContract[],
  before: readonly ConsigneeEntry[],
): ConsigneeEntry[] {
  const entries: ConsigneeEntry[] = [];
  for (const { consignee, subConsignee, retention, approvals } of contracts) {
    const known = before.find((one) => sameCompany(one.consignee, consignee));
    let entry = entries.find((one) => sameCompany(one.consignee, consignee));
    if (!entry) {
      entry = {
        consignee: consignee.trim(),
        work: known?.work ?? "",
        period: retention.trim() || (known?.period ?? ""),
        subs: [],
      };
      entries.push(entry);
    }
    const named = [...approvals, ...(subConsignee.trim() === "" ? [] : [{ subConsignee, scope: "" }])];
    for (const { subConsignee: name, scope } of named) {
      const sub = entry.subs.find((one) => sameCompany(one.name, name));
      const work = scope.trim() || known?.subs.find((one) => sameCompany(one.name, name))?.work || "";
      if (!sub) entry.subs.push({ name: name.trim(), work });
      else if (sub.work === "") sub.work = work;
    }
  }
  const collator = new Intl.Collator("ko");
  for (const entry of entries) entry.subs.sort((a, b) => collator.compare(a.name, b.name));
  return entries.sort((a, b) => collator.compare(a.consignee, b.consignee));
}

const entriesSchema = z.array(
  z.object({
    consignee: z.string(),
    work: z.string(),
    period: z.string(),
    subs: z.array(z.object({ name: z.string(), work: z.string() })),
  }),
);

/** Canonical JSON: fixed keys in a fixed order. */
export function consigneeText(entries: readonly ConsigneeEntry[]): string {
  return JSON.stringify(
    entries.map(({ consignee, work, period, subs }) => ({
      ...{ consignee, work, period },
      subs: subs.map(({ name, work: passed }) => ({ name, work: passed })),
    })),
  );
}

/** Hex SHA-256 of the canonical text. */
export function consigneeHash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** @throws Error when it is no text of ours */
export function readConsigneeText(text: string): ConsigneeEntry[] {
  return entriesSchema.parse(JSON.parse(text));
}

export type ConsigneeChange = {
  kind: "added" | "removed" | "sub-added" | "sub-removed" | "work" | "period";
  consignee: string;
  /** Of a sub-consignee: its name. */
  sub: string;
  before: string;
  after: string;
};

/** What changes from one list to another: companies by name whatever their legal form, words by their letters. */
export function consigneeChanges(
  before: readonly ConsigneeEntry[],
  after: readonly ConsigneeEntry[],
): ConsigneeChange[] {
  const changes: ConsigneeChange[] = [];
  const plain = { sub: "", before: "", after: "" };
  for (const one of before) {
    if (!after.some(({ consignee }) => sameCompany(consignee, one.consignee))) {
      changes.push({ ...plain, kind: "removed", consignee: one.consignee });
    }
  }
  for (const one of after) {
    const { consignee } = one;
    const old = before.find((other) => sameCompany(other.consignee, consignee));
    if (!old) {
      changes.push({ ...plain, kind: "added", consignee });
      continue;
    }
    if (old.work !== one.work) changes.push({ kind: "work", consignee, sub: "", before: old.work, after: one.work });
    if (old.period !== one.period)
      changes.push({ kind: "period", consignee, sub: "", before: old.period, after: one.period });
    for (const sub of old.subs) {
      if (!one.subs.some(({ name }) => sameCompany(name, sub.name)))
        changes.push({ ...plain, kind: "sub-removed", consignee, sub: sub.name });
    }
    for (const sub of one.subs) {
      const known = old.subs.find(({ name }) => sameCompany(name, sub.name));
      if (!known) changes.push({ ...plain, kind: "sub-added", consignee, sub: sub.name });
      else if (known.work !== sub.work)
        changes.push({ kind: "work", consignee, sub: sub.name, before: known.work, after: sub.work });
    }
  }
  return changes;
}

/** Places of a list that are still empty, as the form names them: nobody has said what a company does, or for how long. */
export function emptyPlaces(entries: readonly ConsigneeEntry[]): { place: string; company: string }[] {
  return entries.flatMap(({ consignee, work, period, subs }, place) => [
    ...(work.trim() === "" ? [{ place: `work.${place}`, company: consignee }] : []),
    ...(period.trim() === "" ? [{ place: `period.${place}`, company: consignee }] : []),
    ...subs.flatMap((sub, inner) =>
      sub.work.trim() === "" ? [{ place: `sub.${place}.${inner}`, company: sub.name }] : [],
    ),
  ]);
}
