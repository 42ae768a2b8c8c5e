// What a place is told to be, by form, list or command: judged by all its rules at once. Pure.
import type { Day } from "@/lib/clock";
import {
  assertEventHasBot,
  assertModeFitsMedium,
  assertNoPersonalData,
  assertPageFitsMedium,
  assertPeriodInOrder,
} from "../rules";
import type { EditPlacement } from "../schema";
import { readPageUrl } from "./page-url";

export type Described = Omit<EditPlacement, "placementId" | "version" | "ownerId" | "pageUrl"> & {
  pageUrl: string | null;
  startsOn: Day | null;
  endsOn: Day | null;
};

/** @throws Refused with the field that is wrong */
export function describedBy(input: Omit<EditPlacement, "placementId" | "version" | "ownerId">): Described {
  const { name, medium, site, location, campaign, tags, mode, bot, event, startsOn, endsOn } = input;
  assertNoPersonalData({ name, event });
  assertModeFitsMedium(medium, mode);
  assertEventHasBot(bot, event);
  const pageUrl = readPageUrl(input.pageUrl);
  assertPageFitsMedium(medium, pageUrl);
  assertPeriodInOrder(startsOn, endsOn);
  return { name, medium, site, location, pageUrl, campaign, tags, mode, bot, event, startsOn, endsOn };
}
