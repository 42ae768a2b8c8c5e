// Who works on personal data for the company, as each place names them, side by side: a difference is a finding with both values.
import { sameCompany as sameCore } from "@/lib/channels/rules/company-name";

export const consigneeRows = ["consignor", "consignee", "subConsignee", "retention"] as const;
/** 위탁사, 수탁자, 재수탁자, 보유 기간. */
export type ConsigneeRow = (typeof consigneeRows)[number];

/** Places that are compared, the contract first: the others are held against it. More join with what publishes them. */
export const consigneeSources = ["contract", "senderProfile", "privacyPolicy", "reconsignment"] as const;
export type ConsigneeSourceKey = (typeof consigneeSources)[number];

/**
 * What a place says: a value; that it was looked for and does not stand there; nothing, because the place does not speak of it or
 * there is no such place; or that we could not tell.
 */
export type Statement =
  | { state: "stated"; value: string }
  | { state: "missing" }
  | { state: "absent" }
  | { state: "unknown" };

export type ConsigneeSource = {
  key: ConsigneeSourceKey;
  /** When it was seen, signed or approved; null: there is no such place yet. */
  at: Date | null;
  /** SHA-256 of what was read, hex. */
  sha256: string | null;
  says: Readonly<Record<ConsigneeRow, Statement>>;
};

export type ConsigneeFinding = {
  row: ConsigneeRow;
  source: ConsigneeSourceKey;
  /** What it is held against. */
  against: ConsigneeSourceKey;
  expected: string;
  /** Null: it does not stand there. */
  actual: string | null;
};

export type ConsigneeCell = { source: ConsigneeSourceKey; statement: Statement; differs: boolean };

export type ConsigneeComparison = {
  sources: readonly ConsigneeSource[];
  rows: { row: ConsigneeRow; cells: ConsigneeCell[] }[];
  findings: ConsigneeFinding[];
};

/** A channel of a contract with what the places say of its consignees. */
export type ConsigneeSheet = {
  contractId: string;
  contractNumber: string;
  channel: { id: string; name: string; searchId: string };
  comparison: ConsigneeComparison;
};

/** Holds every place against the first that states a value. What is absent or unknown never differs. */
export function compareConsignees(sources: readonly ConsigneeSource[]): ConsigneeComparison {
  const findings: ConsigneeFinding[] = [];
  const rows = consigneeRows.map((row) => {
    const reference = sources.find(({ says }) => says[row].state === "stated");
    const held = reference?.says[row];
    const cells = sources.map(({ key, says }): ConsigneeCell => {
      const statement = says[row];
      if (!reference || held?.state !== "stated" || key === reference.key) {
        return { source: key, statement, differs: false };
      }
      const actual = statement.state === "stated" ? statement.value : null;
      const differs = statement.state === "missing" || (actual !== null && !sameEntry(row, held.value, actual));
      if (differs) findings.push({ row, source: key, against: reference.key, expected: held.value, actual });
      return { source: key, statement, differs };
    });
    return { row, cells };
  });
  return { sources, rows, findings };
}

/** Whether two places say the same of a row: companies by name, periods by their characters. */
function sameEntry(row: ConsigneeRow, a: string, b: string): boolean {
  return row === "retention" ? plain(a) === plain(b) : sameCompany(a, b);
}

/** NFKC (so that ㈜, full width and half width are one), lower case, without spaces. */
function plain(text: string): string {
  return text.normalize("NFKC").toLowerCase().replace(/\s+/gu, "");
}

const forms = [
  ["stock", /주식회사|\(주\)/u],
  ["limited", /유한회사|\(유\)/u],
  ["limitedLiability", /유한책임회사/u],
] as const;

/** NFKC turns ㈱ and ㈲ into ideographs, which mean the same forms. */
function formed(text: string): string {
  return plain(text).replaceAll("(株)", "(주)").replaceAll("(有)", "(유)");
}

/** The legal form that a spelling names, or null. */
function formOf(text: string): string | null {
  return forms.find(([, spelling]) => spelling.test(formed(text)))?.[0] ?? null;
}

/**
 * Whether two spellings name one company: 주식회사, (주) and ㈜ are the same and may be left out, as 유한회사, (유) and ㈲;
 * a 주식회사 and a 유한회사 of one name are two companies.
 */
export function sameCompany(a: string, b: string): boolean {
  const [one, other] = [formOf(a), formOf(b)];
  return sameCore(formed(a), formed(b)) && (one === null || other === null || one === other);
}

/** A text as a statement; "" says nothing. */
export function stated(value: string | null | undefined): Statement {
  return value ? { state: "stated", value } : { state: "absent" };
}

export const nothingSaid: ConsigneeSource["says"] = {
  consignor: { state: "absent" },
  consignee: { state: "absent" },
  subConsignee: { state: "absent" },
  retention: { state: "absent" },
};
