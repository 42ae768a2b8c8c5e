import { signedIn } from "@/lib/auth/session";
import { kstDay } from "@/lib/clock";
import { Forbidden } from "@/lib/errors";
import { missingAnswer } from "@/lib/file-answer";
import { attachment, safeFileName } from "@/lib/file-name";
import { consigneeDocument } from "@/lib/privacy/consignee-document";
import { consigneesOn } from "@/lib/privacy/queries/consignee-lists";
import { consigneeCsv, consigneeHtml, consigneeMarkdown } from "@/lib/privacy/rules/consignee-formats";

type Context = { params: Promise<{ format: string }> };

const types: Readonly<Record<string, string>> = {
  csv: "text/csv; charset=utf-8",
  md: "text/markdown; charset=utf-8",
  html: "text/html; charset=utf-8",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
};

/** The list that counts today, or on `?on=`, as a file. No session, no right, no list, no such format: answered alike, 404. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const signed = await signedIn();
  const { format } = await params;
  const type = Object.hasOwn(types, format) ? types[format] : undefined;
  const on = new URL(request.url).searchParams.get("on") ?? kstDay(new Date());
  if (!signed || !type || !isDay(on)) return missingAnswer();
  try {
    const list = await consigneesOn(signed.actor, on);
    if (!list) return missingAnswer();
    const { entries, effectiveOn, company } = list;
    const file = {
      csv: () => consigneeCsv(entries),
      md: () => consigneeMarkdown(entries),
      html: () => consigneeHtml(entries),
      docx: () => consigneeDocument(entries, { company, effectiveOn }),
    }[format];
    const made = await file?.();
    if (made === undefined) return missingAnswer();
    const bytes = typeof made === "string" ? new TextEncoder().encode(made) : new Uint8Array(made);
    return new Response(bytes, {
      headers: {
        "Content-Type": type,
        "Content-Length": String(bytes.length),
        "Content-Disposition": attachment(safeFileName(`수탁자 목록_${effectiveOn}.${format}`)),
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
      },
    });
  } catch (error) {
    if (error instanceof Forbidden) return missingAnswer();
    throw error;
  }
}

function isDay(text: string): boolean {
  return /^(19|20)\d\d-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
}
