import type { CsvCell } from "@/lib/csv";
import type { Locale } from "@/lib/locale";
import { hasSentence, sentence } from "@/lib/messages";
import type { AuditRow } from "./entry-sql";

const fields = [
  "seq",
  "at",
  "actorKind",
  "actor",
  "actorName",
  "address",
  "subject",
  "action",
  "code",
  "targetKind",
  "target",
  "targetName",
  "result",
  "reason",
  "body",
  "hash",
] as const;

/** The first line of an export. */
export function auditCsvHead(locale: Locale): string[] {
  return fields.map((field) => sentence(`audit.csv.${field}`, locale));
}

/** Makes entries into lines: words in the reader's language beside the codes they stand for, instants with their offset. */
export function auditCsvRows(locale: Locale): (row: AuditRow) => CsvCell[] {
  // A phrase is looked up once, not for each of a million rows.
  const phrases = new Map<string, string>();
  const phrase = (action: string) => {
    const key = `audit.actions.${action}`;
    const known = phrases.get(action) ?? (hasSentence(key, locale) ? sentence(key, locale) : action);
    phrases.set(action, known);
    return known;
  };
  return (row) => [
    row.seq,
    kstInstant(row.at),
    row.actor.kind,
    row.actor.id,
    row.actor.name ?? "",
    row.address,
    row.subject,
    phrase(row.action),
    row.action,
    row.target.kind,
    row.target.id,
    row.target.name ?? "",
    row.result,
    row.reason,
    row.body,
    row.hash ?? "",
  ];
}

/** ISO 8601 in Korea; its offset has been nine hours since 1988. */
function kstInstant(at: Date): string {
  return new Date(at.getTime() + 9 * 3_600_000).toISOString().replace("Z", "+09:00");
}
