import { getLocale } from "next-intl/server";
import { exportAudit } from "@/lib/audit/commands";
import { auditCsvHead, auditCsvRows } from "@/lib/audit/csv";
import { auditFilterSchema } from "@/lib/audit/schema";
import { signedIn } from "@/lib/auth/session";
import { kstDay } from "@/lib/clock";
import { type CsvCell, csvStream } from "@/lib/csv";
import { Forbidden } from "@/lib/errors";
import { attachment } from "@/lib/file-name";
import { postedForm } from "@/lib/form-data";
import { asLocale } from "@/lib/locale";
import { missing } from "../missing";

/** The entries of the filter as CSV. A POST, since handing out the log is itself recorded (trust.md P-08, P-60). */
export async function POST(request: Request): Promise<Response> {
  const signed = await signedIn();
  if (!signed) return missing();
  const now = new Date();
  const locale = asLocale(await getLocale());
  const form = await postedForm(request);
  if (!form) return new Response("Unsupported media type\n", { status: 415, headers: { "Cache-Control": "no-store" } });
  const filter = auditFilterSchema.parse(Object.fromEntries(form));
  try {
    const { pages } = await exportAudit(signed.actor, filter, now);
    const line = auditCsvRows(locale);
    const rows = async function* (): AsyncGenerator<CsvCell[][]> {
      for await (const page of pages) yield page.map(line);
    };
    return new Response(csvStream(auditCsvHead(locale), rows()), {
      headers: {
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": attachment(`audit-${kstDay(now)}.csv`),
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
      },
    });
  } catch (error) {
    if (error instanceof Forbidden) return missing();
    throw error;
  }
}
