import { getLocale } from "next-intl/server";
import { signedIn } from "@/lib/auth/session";
import { type BlockLine, exportBlocks } from "@/lib/channels/commands/export-blocks";
import { fullTime, kstDay } from "@/lib/clock";
import { type CsvCell, csvStream } from "@/lib/csv";
import { Forbidden, NotFound } from "@/lib/errors";
import { attachment } from "@/lib/file-name";
import { asLocale, type Locale } from "@/lib/locale";
import { sentence } from "@/lib/messages";

type Context = { params: Promise<{ id: string }> };

const columns = ["label", "reason", "blockedOn", "state", "returnedAt", "userKey"] as const;

/** The block list as CSV, which the import reads back. A POST, since handing it out is itself recorded (trust.md P-60). */
export async function POST(_request: Request, { params }: Context): Promise<Response> {
  const signed = await signedIn();
  if (!signed) return missing();
  const locale = asLocale(await getLocale());
  try {
    const { searchId, pages } = await exportBlocks(signed.actor, (await params).id);
    const rows = async function* (): AsyncGenerator<CsvCell[][]> {
      for await (const page of pages) yield page.map((line) => cellsOf(line, locale));
    };
    const head = columns.map((column) => sentence(`channels.blocks.csv.${column}`, locale));
    return new Response(csvStream(head, rows()), {
      headers: {
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": attachment(`blocks-${searchId}-${kstDay(new Date())}.csv`),
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
      },
    });
  } catch (error) {
    if (error instanceof NotFound || error instanceof Forbidden) return missing();
    throw error;
  }
}

function cellsOf(line: BlockLine, locale: Locale): CsvCell[] {
  return [
    line.label,
    line.reason,
    line.blockedOn,
    sentence(`channels.blocks.states.${line.state}`, locale),
    line.returnedAt && fullTime(line.returnedAt, locale),
    line.userKey,
  ];
}

/** No session and no right are answered like an address that does not exist (trust.md P-25). */
function missing(): Response {
  return new Response("Not found\n", {
    status: 404,
    headers: { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" },
  });
}
