import { getLocale } from "next-intl/server";
import { signedIn } from "@/lib/auth/session";
import { csvStream } from "@/lib/csv";
import { exportRegister, registerFormats } from "@/lib/dealers/commands/export-register";
import { drawRegister } from "@/lib/dealers/register-pdf";
import { type RegisterSheet, registerHead, registerRows } from "@/lib/dealers/register-sheet";
import { Forbidden, NotFound } from "@/lib/errors";
import { attachment } from "@/lib/file-name";
import { postedForm } from "@/lib/form-data";
import { asLocale, type Locale } from "@/lib/locale";
import { missing } from "../../../../audit/missing";

/** The final register of a contract. A POST, since handing it out is itself recorded. */
export async function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const signed = await signedIn();
  if (!signed) return missing();
  const form = await postedForm(request);
  const format = registerFormats.find((one) => one === form?.get("format"));
  if (!format)
    return new Response("Unsupported media type\n", { status: 415, headers: { "Cache-Control": "no-store" } });
  const locale = asLocale(await getLocale());
  try {
    const sheet = await exportRegister(signed.actor, (await params).id, format, locale, new Date());
    const name = `${sheet.title.replace(/[^\p{L}\p{N} ._-]/gu, "-")}.${format}`;
    return new Response(format === "pdf" ? new Uint8Array(await drawRegister(sheet)) : csvOf(sheet, locale), {
      headers: {
        "Content-Type": format === "pdf" ? "application/pdf" : "text/csv; charset=utf-8",
        "Content-Disposition": attachment(name),
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
      },
    });
  } catch (error) {
    if (error instanceof Forbidden || error instanceof NotFound) return missing();
    throw error;
  }
}

function csvOf(sheet: RegisterSheet, locale: Locale): ReadableStream<Uint8Array> {
  const pages = async function* () {
    yield registerRows(sheet);
  };
  return csvStream(registerHead(locale), pages());
}
