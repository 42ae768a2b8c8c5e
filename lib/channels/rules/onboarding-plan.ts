import { addDays, type Day, daysBetween } from "@/lib/clock";
import { Refused } from "@/lib/errors";
import type { OnboardingKey } from "../schema";
import { onboardingItems } from "./onboarding-items";

/** Ten years either way: what lies beyond is a slip of the keyboard. */
const farthest = 3_653;

/** A day may be past, since late work is planned too. @throws Refused beside `field` when it is ten years away */
export function assertDue(dueOn: Day | null, today: Day, field = "dueOn"): void {
  if (dueOn !== null && Math.abs(daysBetween(today, dueOn)) > farthest) {
    throw new Refused("channels.refused.dueFar", field);
  }
}

/** The usual last day of each item of a plan that begins on `startsOn`. */
export function usualDays(startsOn: Day): Readonly<Record<OnboardingKey, Day>> {
  return Object.fromEntries(onboardingItems.map((item) => [item.key, addDays(startsOn, item.dueAfterDays)])) as Record<
    OnboardingKey,
    Day
  >;
}

/** The day suggested for renewing proof given on `today`, null where it does not age. Clipped to the month's last day. */
export function renewalSuggested(renewMonths: number | null, today: Day): Day | null {
  if (renewMonths === null) return null;
  const [year = 0, month = 1, date = 1] = today.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + renewMonths, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + renewMonths, Math.min(date, last))).toISOString().slice(0, 10);
}
