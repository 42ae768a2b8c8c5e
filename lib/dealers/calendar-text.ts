// The deadline calendar as iCalendar text (RFC 5545): whole days without a time zone, in Korean.
import ical, { ICalEventBusyStatus, ICalEventTransparency } from "ical-generator";
import type { Day } from "@/lib/clock";
import { dealerBySlug } from "@/lib/dealers/directory";
import { sentence } from "@/lib/messages";
import type { CalendarDates } from "./queries/own-calendar";

/**
 * The same dates always have the same UIDs, so that a calendar moves an event and does not double it.
 * @param origin DAMSO_URL: events name their page, UIDs their host
 */
export function calendarText({ deadlines, care }: CalendarDates, origin: string, now: Date): string {
  const say = (key: string, values: Record<string, string> = {}) => sentence(`dealers.deadlines.${key}`, "ko", values);
  const { host } = new URL(origin);
  const calendar = ical({
    name: say("calendar.name"),
    prodId: { company: "Damso", product: "deadlines", language: "KO" },
  });
  calendar.ttl(12 * 3_600);
  const add = (id: string, on: Day, summary: string, description: string, page: string) =>
    calendar.createEvent({
      ...{ id: `${id}@${host}`, start: new Date(`${on}T00:00:00Z`), allDay: true, stamp: now, summary, description },
      ...{
        url: `${origin}${page}`,
        busystatus: ICalEventBusyStatus.FREE,
        transparency: ICalEventTransparency.TRANSPARENT,
      },
    });
  for (const { id, kind, on, termEndsOn, number, title, dealer, outlook } of deadlines) {
    const values = { kind: say(`kinds.${kind}`), dealer: dealerName(dealer), number };
    const until = { until: outlook.until?.replaceAll("-", ".") ?? "" };
    const words = `${title}\n${say(`mail.${outlook.outcome}`, until)}`;
    add(`${id}-${kind}-${termEndsOn}`, on, say("calendar.event", values), words, `/dealers/contracts/${id}`);
  }
  for (const { id, kind, on, contractId, number, dealer, channelName } of care) {
    const values = { dealer: dealerName(dealer), number, channel: channelName };
    add(`${id}-${kind}`, on, say(`calendar.${kind}`, values), "", `/dealers/contracts/${contractId}`);
  }
  return calendar.toString();
}

const dealerName = (slug: string) => dealerBySlug(slug)?.name ?? slug;
