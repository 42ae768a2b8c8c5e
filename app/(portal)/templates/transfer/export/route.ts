import { getLocale, getTranslations } from "next-intl/server";
import { signedIn } from "@/lib/auth/session";
import { kstDay } from "@/lib/clock";
import { type CsvCell, csvStream } from "@/lib/csv";
import { Forbidden, NotFound, Refused } from "@/lib/errors";
import { fileAnswer, missingAnswer } from "@/lib/file-answer";
import { postedForm } from "@/lib/form-data";
import { asLocale } from "@/lib/locale";
import { streamOf } from "@/lib/streams";
import { type ExportedTemplate, exportTemplates, packEntries } from "@/lib/templates/commands/export-templates";
import { textColumns, textLines } from "@/lib/templates/rules/text-list";
import { exportTemplatesSchema } from "@/lib/templates/schema/transfer";
import { plainZip } from "@/lib/zip-stream";

/** A pack or a list of texts. A POST, since handing templates out is itself recorded. No right, no such template: answered alike, 404. */
export async function POST(request: Request): Promise<Response> {
  const signed = await signedIn();
  if (!signed) return missingAnswer();
  const form = await postedForm(request);
  if (!form) return new Response("Unsupported media type\n", { status: 415, headers: { "Cache-Control": "no-store" } });
  const asked = exportTemplatesSchema.safeParse({
    way: form.get("way"),
    ids: form.get("which") === "all" ? [] : form.getAll("ids"),
  });
  const chosen = form.get("which") === "all" || (asked.data?.ids.length ?? 0) > 0;
  if (!asked.success || !chosen) return back("choose");
  const now = new Date();
  try {
    const templates = await exportTemplates(signed.actor, asked.data);
    if (asked.data.way === "csv") return await texts(templates, now);
    const zip = plainZip(packEntries(signed.actor, templates, now), now);
    return fileAnswer({ name: `templates-${kstDay(now)}.zip`, mime: "application/zip", stream: streamOf(zip) });
  } catch (error) {
    if (error instanceof Forbidden || error instanceof NotFound) return missingAnswer();
    if (error instanceof Refused) return back(error.key.split(".").at(-1) ?? "none");
    throw error;
  }
}

async function texts(templates: readonly ExportedTemplate[], now: Date): Promise<Response> {
  const t = await getTranslations({ locale: asLocale(await getLocale()), namespace: "templates.transfer.column" });
  const pages = async function* (): AsyncGenerator<CsvCell[][]> {
    for (const template of templates) yield textLines(template);
  };
  return fileAnswer({
    ...{ name: `template-texts-${kstDay(now)}.csv`, mime: "text/csv; charset=utf-8" },
    stream: csvStream(
      textColumns.map((column) => t(column)),
      pages(),
    ),
  });
}

function back(refused: string): Response {
  const location = `/templates/transfer?refused=${refused}`;
  return new Response(null, { status: 303, headers: { Location: location, "Cache-Control": "no-store" } });
}
