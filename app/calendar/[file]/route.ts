import { calendarText } from "@/lib/dealers/calendar-text";
import { calendarDates } from "@/lib/dealers/queries/own-calendar";
import { env } from "@/lib/env";
import { MissLimit } from "@/lib/miss-limit";

const misses = new MissLimit(120, 60_000);

/**
 * A person's deadlines for a calendar program, behind an address that is itself the credential: no cookie is looked at. What is not an
 * open calendar of somebody who may see contracts answers 404 like an address that never was; 429 after 120 of these in a minute.
 */
export async function GET(request: Request, { params }: { params: Promise<{ file: string }> }): Promise<Response> {
  const { file } = await params;
  const token = file.endsWith(".ics") ? file.slice(0, -".ics".length) : "";
  const now = new Date();
  const address = request.headers.get("x-damso-address") ?? "unknown";
  const wait = misses.shutFor(address, now.getTime());
  if (wait > 0) return new Response(null, { status: 429, headers: { "Retry-After": String(wait) } });
  const dates = await calendarDates(token, address, now);
  if (!dates) {
    misses.miss(address, now.getTime());
    return new Response(null, { status: 404, headers: { "Cache-Control": "no-store" } });
  }
  return new Response(calendarText(dates, env().DAMSO_URL, now), {
    headers: {
      "Content-Type": "text/calendar; charset=utf-8",
      "Content-Disposition": 'inline; filename="damso.ics"',
      "X-Content-Type-Options": "nosniff",
      "Content-Security-Policy": "sandbox; default-src 'none'",
      "Referrer-Policy": "no-referrer",
      "X-Robots-Tag": "noindex",
      "Cache-Control": "private, no-store",
    },
  });
}
