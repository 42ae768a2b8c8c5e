// Presence of a button on its page: what is wanted, what an answer means, what needs care, and when to look again. Pure.
import type { OutboundFailure } from "@/lib/outbound/failure";
import type { PlacementState } from "../schema";
import type { PresenceFinding, PresenceReason, PresenceVerdict, PresenceWish, Sought } from "../schema/presence";
import { oldLinkOf, ownAddress } from "./presence-address";
import { PresenceReader, tidySnippet } from "./presence-reader";

/** What came of asking for a page (lib/outbound); `type`: its media type, "" where the site said none. */
export type PageAnswer =
  | { ok: true; status: number; address: string; type: string; text: string }
  | { ok: false; failure: OutboundFailure; address: string };

/**
 * Reads what a page says of our button, in steps, so that a page of a megabyte holds nobody up: `step` until it is false, then `finding`.
 * Order: where the answer came from, then its status, then what stands in it, then whether it could be read at all.
 */
export class PresenceJudge {
  private readonly reader: PresenceReader | null;
  private readonly early: PresenceFinding | null;

  constructor(
    private readonly answer: PageAnswer,
    private readonly asked: string,
    sought: Sought,
  ) {
    this.early = earlyFinding(answer, sought);
    this.reader = this.early || !answer.ok ? null : new PresenceReader(answer.text, answer.address, sought);
  }

  /** Reads some 32 KB. @returns whether more is left */
  step(): boolean {
    return this.reader?.step() ?? false;
  }

  finding(): PresenceFinding {
    if (this.early) return this.early;
    if (!this.reader || !this.answer.ok) throw new Error("Nothing was read");
    const { own, doubt, title, oldLinks, commented } = this.reader.outcome();
    const said = (verdict: PresenceVerdict, reason: PresenceReason, snippet = title): PresenceFinding => ({
      ...{ verdict, reason, snippet, oldLinks },
    });
    if (isGone(this.answer.status)) return own ? said("unknown", "error-page", own.snippet) : said("no", "gone", title);
    if (own?.certain) return said("yes", own.reason, own.snippet);
    if (own) return said("unknown", own.reason, own.snippet);
    const moved = !isSamePage(this.asked, this.answer.address);
    if (doubt === "login-box") return moved ? said("unknown", "login") : said("no", "not-there");
    if (doubt) return said("unknown", doubt);
    if (commented !== null) return said("no", "commented", commented);
    return said("no", moved ? "moved" : "not-there");
  }
}

/** The whole of it at once. */
export function judgePage(answer: PageAnswer, asked: string, sought: Sought): PresenceFinding {
  const judge = new PresenceJudge(answer, asked, sought);
  while (judge.step());
  return judge.finding();
}

/** What can be said without reading the page; null: it has to be read. */
function earlyFinding(answer: PageAnswer, sought: Sought): PresenceFinding | null {
  const said = (verdict: PresenceVerdict, reason: PresenceReason, snippet = ""): PresenceFinding => ({
    ...{ verdict, reason, snippet, oldLinks: [] },
  });
  // A page that only sends people on to us is itself the button, whatever we answer then.
  const place = URL.canParse(answer.address) ? new URL(answer.address) : null;
  const own = place ? ownAddress(place, sought) : null;
  if (own === "link" || own === "direct") return said("yes", "leads-here", tidySnippet(answer.address));
  const old = place ? oldLinkOf(place) : null;
  if (place && old) {
    const oldLinks = [{ ...old, address: place.href.slice(0, 300), snippet: "" }];
    return { ...said("no", "moved", tidySnippet(answer.address)), oldLinks };
  }
  if (!answer.ok) return said("unknown", answer.failure === "not-text" ? "not-html" : answer.failure);
  const { status, type } = answer;
  if ([401, 403, 407, 429, 451, 503].includes(status)) return said("unknown", "wall", `HTTP ${status}`);
  if (status >= 500) return said("unknown", "server-error", `HTTP ${status}`);
  if (status !== 200 && !isGone(status)) return said("unknown", "status", `HTTP ${status}`);
  if (!/^(text\/html|application\/xhtml\+xml|)$/.test(type)) return said("unknown", "not-html", type);
  return null;
}

const isGone = (status: number) => status === 404 || status === 410;

/** The same page but for scheme, `www.`, a trailing slash and what follows "?". */
function isSamePage(asked: string, answered: string): boolean {
  const shape = (address: string) => {
    if (!URL.canParse(address)) return address;
    const { hostname, port, pathname } = new URL(address);
    const path = pathname.replace(/\/(index\.\w{2,5})?$/, "").toLowerCase();
    return `${hostname.replace(/^(www|m)\./, "")}:${port}${path}`;
  };
  return shape(asked) === shape(answered);
}

/** What has to be so: there until the place's last minute, gone afterwards (guide 3-4). */
export function presenceWish(state: PlacementState): PresenceWish {
  return state === "retired" || state === "ended" ? "absent" : "present";
}

/** Hours between two looks at a page while its place is in use; after its end, until it is clean; and after trouble that may pass. */
export const presenceHours = { present: 24, absent: 6, again: 1 } as const;
/** Looks in a row at the shorter pace after trouble; then the usual pace. */
const mostAgain = 3;

const fleetingReasons: ReadonlySet<PresenceReason> = new Set(["timeout", "unreachable", "server-error", "wall"]);

export function isFleeting(reason: PresenceReason): boolean {
  return fleetingReasons.has(reason);
}

/**
 * When to look again by itself; null: not any more. A place whose channel is not live yet is looked at only when somebody asks.
 * @param fleeting looks in a row, this one included, that failed by what may pass
 */
export function nextPresenceAt(
  check: { wanted: PresenceWish; verdict: PresenceVerdict; fleeting: number },
  state: PlacementState,
  at: Date,
): Date | null {
  if (state === "preparing" || isClean(check)) return null;
  const again = check.fleeting > 0 && check.fleeting <= mostAgain;
  return new Date(at.getTime() + (again ? presenceHours.again : presenceHours[check.wanted]) * 3_600_000);
}

/** Gone as it has to be. */
export function isClean(check: { wanted: PresenceWish; verdict: PresenceVerdict | null }): boolean {
  return check.wanted === "absent" && check.verdict === "no";
}

/**
 * What needs care first: 0 there although it must be gone (a duty, guide 3-4), 1 not there although it has to be, 2 old links on the
 * page, 3 cannot tell, 4 not looked at yet, 5 as it should be.
 */
export function careOf(check: { wanted: PresenceWish; verdict: PresenceVerdict | null; oldLinks: number }): number {
  if (check.verdict === null) return 4;
  if (check.wanted === "absent" && check.verdict === "yes") return 0;
  if (check.wanted === "present" && check.verdict === "no") return 1;
  if (check.oldLinks > 0) return 2;
  return check.verdict === "unknown" ? 3 : 5;
}
