import { getLocale } from "next-intl/server";
import { takeAccessLedger } from "@/lib/audit/access/commands";
import { accessLedgerPdf, accessLedgerXlsx } from "@/lib/audit/access/ledger";
import { accessFilterSchema } from "@/lib/audit/access/schema";
import { signedIn } from "@/lib/auth/session";
import { kstDay } from "@/lib/clock";
import { Forbidden, Refused } from "@/lib/errors";
import { attachment } from "@/lib/file-name";
import { postedForm } from "@/lib/form-data";
import { asLocale } from "@/lib/locale";
import { sentence } from "@/lib/messages";
import { missing } from "../../missing";

const types = {
  pdf: "application/pdf",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
} as const;

/** The ledger of access records as PDF or XLSX. A POST, since handing it out is itself recorded. */
export async function POST(request: Request): Promise<Response> {
  const signed = await signedIn();
  if (!signed) return missing();
  const form = await postedForm(request);
  const asked = form?.get("format");
  const format = asked === "pdf" || asked === "xlsx" ? asked : null;
  if (!form || !format) return plain("Unsupported media type\n", 415);
  const locale = asLocale(await getLocale());
  try {
    const filter = accessFilterSchema.parse(Object.fromEntries(form));
    const now = new Date();
    const ledger = { ...(await takeAccessLedger(signed.actor, filter, format)), filter, now };
    const bytes = await (format === "pdf" ? accessLedgerPdf(ledger, locale) : accessLedgerXlsx(ledger, locale));
    return new Response(new Uint8Array(bytes), {
      headers: {
        "Content-Type": types[format],
        "Content-Disposition": attachment(`${sentence("audit.access.ledger.title", locale)} ${kstDay(now)}.${format}`),
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
      },
    });
  } catch (error) {
    if (error instanceof Forbidden) return missing();
    if (error instanceof Refused) return plain(`${sentence(error.key, locale, error.values)}\n`, 422);
    throw error;
  }
}

function plain(text: string, status: number): Response {
  const headers = { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" };
  return new Response(text, { status, headers });
}
