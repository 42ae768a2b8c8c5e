import { getLocale } from "next-intl/server";
import { signedIn } from "@/lib/auth/session";
import { type CsvCell, csvStream } from "@/lib/csv";
import { Forbidden } from "@/lib/errors";
import { attachment } from "@/lib/file-name";
import { asLocale, type Locale } from "@/lib/locale";
import { sentence } from "@/lib/messages";
import { statisticsPages } from "@/lib/retention/queries/statistics";
import { type StatisticsLine, statisticsPeriod } from "@/lib/retention/rules/statistics";
import { statisticsSchema } from "@/lib/retention/schema/statistics";

const columns = [
  ...["day", "channel", "searchId", "kind", "category", "code", "place", "sessions", "returning", "messages"],
] as const;

/** The counters of a period as CSV: numbers alone, nobody's data. */
export async function GET(request: Request): Promise<Response> {
  const signed = await signedIn();
  if (!signed) return missing();
  const locale = asLocale(await getLocale());
  const now = new Date();
  const filter = statisticsSchema.parse(Object.fromEntries(new URL(request.url).searchParams));
  const { from, to } = statisticsPeriod(filter, now);
  try {
    const pages = await statisticsPages(signed.actor, filter, now);
    const rows = async function* (): AsyncGenerator<CsvCell[][]> {
      for await (const page of pages) yield page.map((line) => cellsOf(line, locale));
    };
    const head = columns.map((column) => sentence(`retention.statistics.file.${column}`, locale));
    return new Response(csvStream(head, rows()), {
      headers: {
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": attachment(`statistics-${from}-${to}.csv`),
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
      },
    });
  } catch (error) {
    if (error instanceof Forbidden) return missing();
    throw error;
  }
}

function cellsOf(line: StatisticsLine, locale: Locale): CsvCell[] {
  const category = line.category && sentence(`retention.categories.${line.category}`, locale);
  return [
    ...[line.day, line.channel, `@${line.searchId}`, sentence(`retention.statistics.columns.${line.kind}`, locale)],
    ...[category, line.code, line.place, line.sessions, line.returning, line.messages],
  ];
}

/** No session and no right are answered like an address that does not exist (trust.md P-25). */
function missing(): Response {
  return new Response("Not found\n", {
    status: 404,
    headers: { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" },
  });
}
