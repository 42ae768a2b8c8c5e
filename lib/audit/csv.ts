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

/** An entry as a line: words in the reader's language beside the codes they stand for, the instant with its offset. */
export function auditCsvRow(row: AuditRow, locale: Locale): CsvCell[] {
  const action = `audit.actions.${row.action}`;
  return [
    row.seq,
    kstInstant(row.at),
    row.actor.kind,
    row.actor.id,
    row.actor.name ?? "",
    row.address,
    row.subject,
    hasSentence(action, locale) ? sentence(action, locale) : row.action,
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
