import type { PersonActor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { can } from "@/lib/auth/permissions";
import { addDays, type Day, kstDay } from "@/lib/clock";
import { calendarFeedByHash } from "@/lib/db/crossings";
import { tokenHash, tokenPattern } from "../rules/connection";
import { type OpenDeadline, openDeadlines } from "../rules/reminders";
import { type CareDate, careDates, type WatchedRow, watchedContracts } from "./watched-contracts";

/** Since when the person's own calendar has been open, or null. @throws Forbidden */
export async function getOwnCalendar(actor: PersonActor): Promise<{ openedAt: Date } | null> {
  return read(actor, "calendar:own", async (tx) => {
    const where = { personId: actor.personId, closedAt: null };
    const open = await tx.calendarFeed.findFirst({ where, select: { createdAt: true } });
    return open && { openedAt: open.createdAt };
  });
}

/** How far ahead dates stand in a calendar. */
const ahead = 400;

export type CalendarDates = {
  deadlines: (OpenDeadline & Pick<WatchedRow, "id" | "number" | "title" | "dealer" | "savedAt">)[];
  care: CareDate[];
};

/**
 * What stands in the calendar behind a token, seen with the rights that its person has at this moment. Null for a token that is not one,
 * is closed, or whose person may not see contracts any more: all answered alike.
 */
export async function calendarDates(token: string, address: string, now: Date): Promise<CalendarDates | null> {
  if (!tokenPattern.test(token)) return null;
  const feed = await calendarFeedByHash(tokenHash(token));
  if (!feed) return null;
  const { feedId, personId, organizationId, role } = feed;
  const actor: PersonActor = { kind: "person", personId, organizationId, role, signInId: feedId, address };
  if (!can(actor, "calendar:own") || !can(actor, "contract:read")) return null;
  return read(actor, "calendar:own", async (tx) => {
    const today: Day = kstDay(now);
    const contracts = await watchedContracts(tx, today);
    const deadlines = contracts.flatMap((contract) => {
      const { id, number, title, dealer, savedAt } = contract;
      return openDeadlines(contract, today).map((deadline) => ({ ...deadline, id, number, title, dealer, savedAt }));
    });
    const last = addDays(today, ahead);
    return {
      deadlines: deadlines.filter(({ on }) => on <= last).sort((a, b) => a.on.localeCompare(b.on)),
      care: await careDates(tx, today, last),
    };
  });
}
