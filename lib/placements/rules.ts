// What a placement is allowed to be, and what follows from where its channel stands. Pure.
import type { Day } from "@/lib/clock";
import { Refused } from "@/lib/errors";
import { personalDataIn } from "./rules/personal-data";
import type { Medium, Mode, PlacementState } from "./schema";

const prefixOf: Record<Medium, string> = { web: "web", mobile_web: "mweb", app: "app", offline: "qr", message: "msg" };
/** Without the letters that print alike: i, l, o, 0, 1. */
const alphabet = "abcdefghjkmnpqrstuvwxyz23456789";

/** A code that says its medium and cannot be guessed: 10 letters of 31 are 49 bits. @param random at least 10 bytes below 248 are used */
export function suggestCode(medium: Medium, random: Uint8Array): string {
  const letters = [...random].filter((byte) => byte < 248).map((byte) => alphabet[byte % alphabet.length]);
  if (letters.length < 10) throw new RangeError("Too few random bytes for a code");
  return `pl_${prefixOf[medium]}_${letters.slice(0, 10).join("")}`;
}

/**
 * Refuses a code that reads like somebody's number: `extra` travels in addresses and browser history and must not hold personal data
 * (dealer documents, field-facts 2.1; 법 제3조: no more than needed).
 */
export function assertCodeIsNoPersonalData(code: string): void {
  const digits = code.replace(/_/g, "");
  if (/\d{8,}/.test(digits) || /01[016789]\d{7}/.test(digits)) throw new Refused("placements.codePersonal", "code");
}

/** The name is shown beside addresses and on print, the event travels in the address: nobody's number or mail stands in them. */
export function assertNoPersonalData(texts: { name: string; event: string | null }): void {
  if (personalDataIn(texts.name) !== null) throw new Refused("placements.namePersonal", "name");
  if (texts.event !== null && personalDataIn(texts.event) !== null)
    throw new Refused("placements.eventPersonal", "event");
}

/**
 * Print cannot be changed once it hangs: it always goes by redirect, so that it can be switched off (surface.md, Open to anyone).
 * A BC button of a message carries the code and no address (field-facts 1.3): it is always direct.
 */
export function assertModeFitsMedium(medium: Medium, mode: Mode): void {
  if (medium === "offline" && mode === "direct") throw new Refused("placements.printIsRedirect", "mode");
  if (medium === "message" && mode === "redirect") throw new Refused("placements.messageIsDirect", "mode");
}

/** The way that a medium allows, where nobody chose: the redirect, but for messages. */
export function usualMode(medium: Medium): Mode {
  return medium === "message" ? "direct" : "redirect";
}

/** Only a web page has an address that can be fetched and looked at. */
export function assertPageFitsMedium(medium: Medium, pageUrl: string | null): void {
  if (pageUrl !== null && medium !== "web" && medium !== "mobile_web")
    throw new Refused("placements.page.onlyWeb", "pageUrl");
}

/** The planned period, KST days, both included. */
export function assertPeriodInOrder(startsOn: Day | null, endsOn: Day | null): void {
  if (startsOn !== null && endsOn !== null && endsOn < startsOn) throw new Refused("placements.periodOrder", "endsOn");
}

/** An event names a block of the chatbot: without the chatbot it means nothing. */
export function assertEventHasBot(bot: string | null, event: string | null): void {
  if (event !== null && (bot === null || bot === "false")) throw new Refused("placements.eventNeedsBot", "event");
}

export function assertNotRetired(placement: { retiredAt: Date | null }): void {
  if (placement.retiredAt !== null) throw new Refused("placements.alreadyRetired");
}

/**
 * The consult start URL (field-facts 2.1): `https://bizmessage.kakao.com/chat/open/@{searchId}?extra={code}` with bot and event where set.
 * Built from stored parts, never typed (trust.md P-41). @param searchId without "@"
 */
export function consultUrl(target: {
  searchId: string;
  code: string;
  bot: string | null;
  event: string | null;
}): string {
  const url = new URL("https://bizmessage.kakao.com/");
  url.pathname = `/chat/open/@${encodeURIComponent(target.searchId)}`;
  url.searchParams.set("extra", target.code);
  if (target.bot !== null) url.searchParams.set("bot", target.bot);
  if (target.event !== null) url.searchParams.set("event", target.event);
  return url.href;
}

/** The same address as people read it, with Hangul as Hangul. */
export function consultUrlForReading(target: {
  searchId: string;
  code: string;
  bot: string | null;
  event: string | null;
}): string {
  return consultUrl(target).replace(encodeURIComponent(target.searchId), target.searchId);
}

/** The address that a button carries. @param origin DAMSO_URL */
export function buttonAddress(origin: string, code: string): string {
  return `${origin}/b/${code}`;
}

/** The address that a QR code carries. */
export function qrAddress(origin: string, code: string): string {
  return `${origin}/q/${code}`;
}

/**
 * Where a placement stands. Ended: its use is over and the button should be gone (guide 3-4); ending: a last day is set.
 * @param channel `endsAt`: first instant after the place's last day, 24:00 KST (trust.md P-43): the channel's, or a take-down campaign's
 */
export function placementStatus(
  placement: { retiredAt: Date | null },
  channel: { wentLiveAt: Date | null; endsAt: Date | null },
  now: Date,
): PlacementState {
  if (placement.retiredAt !== null) return "retired";
  if (channel.endsAt !== null && channel.endsAt <= now) return "ended";
  if (channel.wentLiveAt === null) return "preparing";
  return channel.endsAt === null ? "live" : "ending";
}

/** Whether pressing leads to the consult room. */
export function isPressable(state: PlacementState): boolean {
  return state === "live" || state === "ending";
}
