import { getLocale } from "next-intl/server";
import { signedIn } from "@/lib/auth/session";
import { kstDay } from "@/lib/clock";
import { Forbidden, Refused } from "@/lib/errors";
import { missingAnswer } from "@/lib/file-answer";
import { attachment } from "@/lib/file-name";
import { postedForm } from "@/lib/form-data";
import { asLocale } from "@/lib/locale";
import { sentence } from "@/lib/messages";
import { exportLedger } from "@/lib/retention/commands/export-ledger";
import { ledgerCsv, ledgerPdf, ledgerXlsx } from "@/lib/retention/ledger-file";
import { ledgerFormats } from "@/lib/retention/rules/ledger";
import { listLedgerSchema } from "@/lib/retention/schema/ledger";

const files = {
  csv: { type: "text/csv; charset=utf-8", draw: ledgerCsv },
  xlsx: { type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", draw: ledgerXlsx },
  pdf: { type: "application/pdf", draw: ledgerPdf },
} as const;

/** The destruction ledger as CSV, XLSX or PDF. A POST, since handing it out is itself recorded. */
export async function POST(request: Request): Promise<Response> {
  const signed = await signedIn();
  if (!signed) return missingAnswer();
  const form = await postedForm(request);
  const format = ledgerFormats.find((one) => one === form?.get("format"));
  if (!form || !format) return plain("Unsupported media type\n", 415);
  const locale = asLocale(await getLocale());
  try {
    const { year, reason } = listLedgerSchema.parse(Object.fromEntries(form));
    const now = new Date();
    const ledger = { ...(await exportLedger(signed.actor, { year, reason }, format)), year, now };
    const { type, draw } = files[format];
    const name = `${sentence("retention.ledger.export.title", locale)} ${year ?? kstDay(now)}.${format}`;
    return new Response(new Uint8Array(await draw(ledger, locale)), {
      headers: {
        "Content-Type": type,
        "Content-Disposition": attachment(name),
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
      },
    });
  } catch (error) {
    if (error instanceof Forbidden) return missingAnswer();
    if (error instanceof Refused) return plain(`${sentence(error.key, locale, error.values)}\n`, 422);
    throw error;
  }
}

function plain(text: string, status: number): Response {
  const headers = { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" };
  return new Response(text, { status, headers });
}
