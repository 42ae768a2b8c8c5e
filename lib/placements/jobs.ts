// What looks at the pages of places by itself: on schedule, and within seconds when somebody asks.
import { setImmediate as breath, setTimeout as wait } from "node:timers/promises";
import type { JobActor } from "@/lib/auth/actor";
import { organizationIds, organizationsWithPresence } from "@/lib/db/crossings";
import { env } from "@/lib/env";
import { type Fetched, fetchPage } from "@/lib/outbound";
import { stopping } from "@/lib/stopping";
import { keepLook, type Look, takeLook } from "./commands/look-at-page";
import { planPresence } from "./commands/plan-presence";
import { PresenceJudge } from "./rules/presence";
import type { PresenceFinding } from "./schema/presence";

/** Pages read at once in this process: fewer than the way out takes, so that people need not wait (F-21). */
const pagesAtOnce = 6;
/** Between two pages of one host in the same turn. */
const restMs = 500;
/** Whether somebody else has asked for a page meanwhile is looked up this often. */
const lookUpMs = 2_000;

const clerk = (organizationId: string): JobActor => ({ kind: "job", name: "presence", organizationId });

/** Brings the plan up to date in every organization. @returns how many rows changed */
export async function planAllPresence(now: Date): Promise<number> {
  let changed = 0;
  for (const organizationId of await organizationIds()) changed += await planPresence(clerk(organizationId), now);
  return changed;
}

export type PresenceRun = { readPage?: (address: string) => Promise<Fetched>; restMs?: number };

/**
 * Looks at every page that is due or asked for, in any organization, a few at once, until none is left. Nothing is fetched inside a transaction,
 * and a page is read in pieces, so that a press never waits for one. Safe to run twice at once. @returns how many pages
 */
export async function checkPresence(now: Date, options: PresenceRun = {}): Promise<number> {
  const rota = new Rota(now);
  let looked = 0;
  const worker = async (): Promise<void> => {
    while (!stopping().aborted) {
      const organizationId = await rota.next();
      if (organizationId === null) return;
      const actor = clerk(organizationId);
      const look = await takeLook(actor);
      if (look === null) rota.done(organizationId);
      else if (look === "busy") await wait(Math.max(20, (options.restMs ?? restMs) / 4));
      else {
        const seen = await lookAt(look, options.readPage ?? fetchPage);
        await keepLook(actor, look, seen, options.restMs ?? restMs);
        looked += 1;
      }
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: pagesAtOnce }, worker));
  for (const one of ended) if (one.status === "rejected") throw one.reason;
  return looked;
}

/** Fetches one page and reads it, giving way after each piece. */
async function lookAt(
  look: Look,
  readPage: (address: string) => Promise<Fetched>,
): Promise<{ page: Fetched; finding: PresenceFinding }> {
  const page = await readPage(look.pageUrl);
  const { code, searchId } = look;
  const judge = new PresenceJudge(page, look.pageUrl, { origin: env().DAMSO_URL, code, searchId });
  while (judge.step()) await breath();
  return { page, finding: judge.finding() };
}

/** Organizations with pages to look at, in turn: one with many slow pages does not keep another's waiting. */
class Rota {
  private due: string[] | null = null;
  private readAt = 0;
  private reading: Promise<void> | null = null;

  constructor(private readonly now: Date) {}

  async next(): Promise<string | null> {
    if (this.due === null || performance.now() - this.readAt > lookUpMs) {
      this.reading ??= this.read().finally(() => {
        this.reading = null;
      });
      await this.reading;
    }
    const [first = null] = this.due ?? [];
    if (first !== null && this.due) this.due.push(...this.due.splice(0, 1));
    return first;
  }

  done(organizationId: string): void {
    this.due = (this.due ?? []).filter((one) => one !== organizationId);
  }

  private async read(): Promise<void> {
    const found = await organizationsWithPresence();
    // A request may be older than the plan: its place must have its row.
    for (const organizationId of found) await planPresence(clerk(organizationId), this.now);
    this.due = found;
    this.readAt = performance.now();
  }
}
