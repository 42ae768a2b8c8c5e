// What the archive does by itself, in every instance; safe to run twice at once.
import type { JobActor } from "@/lib/auth/actor";
import { ingest } from "@/lib/auth/door";
import { kstDay } from "@/lib/clock";
import { organizationIds } from "@/lib/db/crossings";
import { writeJournal } from "./journal";
import { reckonDue } from "./reckoning";
import { sweepRings } from "./rings";

/** Reckons what is stale in every organization. @returns how many sessions */
export async function reckonAll(now: Date): Promise<number> {
  let sessions = 0;
  for (const organizationId of await organizationIds()) {
    const done = await reckonDue({ kind: "job", name: "reckoning", organizationId }, now);
    sessions += done.sessions;
  }
  return sessions;
}

/** Destroys every organization's rings whose day is over and on which nothing hangs. @returns how many */
export async function sweepAllRings(now: Date): Promise<number> {
  let rings = 0;
  for (const organizationId of await organizationIds()) {
    rings += (await sweepRings({ kind: "job", name: "rings", organizationId }, now)).length;
  }
  return rings;
}

/** Tells the journals outside the database what was destroyed. @returns how many sessions */
export async function writeJournals(): Promise<number> {
  let written = 0;
  for (const organizationId of await organizationIds()) {
    written += await writeJournal({ kind: "job", name: "journal", organizationId });
  }
  return written;
}

/** Gives back the space of shelves whose month is over and on which no session lies. @returns their names */
export async function dropShelves(now: Date): Promise<string[]> {
  // Shelves belong to all organizations; any of them may ask for what is on none.
  const [organizationId] = await organizationIds();
  if (!organizationId) return [];
  const clerk: JobActor = { kind: "job", name: "shelves", organizationId };
  const shelves = await ingest(
    clerk,
    "retention:reckon",
    (tx) => tx.$queryRaw<{ name: string }[]>`SELECT damso_shelves() AS name`,
  );
  const gone: string[] = [];
  for (const { name } of shelves.filter((shelf) => shelf.name.slice(-7) < kstDay(now).slice(0, 7))) {
    const dropped = await ingest(
      clerk,
      "retention:reckon",
      (tx) => tx.$queryRaw<{ done: boolean }[]>`SELECT damso_drop_shelf(${name}) AS done`,
    );
    if (dropped[0]?.done) gone.push(name);
  }
  return gone;
}
