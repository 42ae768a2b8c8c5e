import { getLocale } from "next-intl/server";
import { signedIn } from "@/lib/auth/session";
import { Forbidden } from "@/lib/errors";
import { missingAnswer } from "@/lib/file-answer";
import { attachment } from "@/lib/file-name";
import { postedForm } from "@/lib/form-data";
import { asLocale } from "@/lib/locale";
import { exportPlacementStatistics } from "@/lib/placements/commands/export-statistics";
import { placementStatisticsSchema, statisticsFormats } from "@/lib/placements/schema/statistics";
import { statisticsCsv, statisticsXlsx } from "@/lib/placements/statistics-file";

const files = {
  csv: { type: "text/csv; charset=utf-8", draw: statisticsCsv },
  xlsx: { type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", draw: statisticsXlsx },
} as const;

/** The press statistics of a period as CSV or XLSX. A POST, since handing them out is itself recorded. */
export async function POST(request: Request): Promise<Response> {
  const signed = await signedIn();
  if (!signed) return missingAnswer();
  const form = await postedForm(request);
  const format = statisticsFormats.find((one) => one === form?.get("format"));
  if (!form || !format)
    return new Response("Unsupported media type\n", { status: 415, headers: { "Cache-Control": "no-store" } });
  const locale = asLocale(await getLocale());
  try {
    const filter = placementStatisticsSchema.parse(Object.fromEntries(form));
    const statistics = await exportPlacementStatistics(signed.actor, filter, format, new Date());
    const { type, draw } = files[format];
    return new Response(new Uint8Array(await draw(statistics, filter.by, locale)), {
      headers: {
        "Content-Type": type,
        "Content-Disposition": attachment(`presses-${statistics.from}-${statistics.to}.${format}`),
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
      },
    });
  } catch (error) {
    if (error instanceof Forbidden) return missingAnswer();
    throw error;
  }
}
