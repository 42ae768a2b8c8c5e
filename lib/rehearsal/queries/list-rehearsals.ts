import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { cutPage, pageLength, placeCursor, readPlace } from "@/lib/keyset";
import { boundSchema, changedParts } from "../rules/bound";
import { walkedSteps } from "../rules/guided";
import type { Detail, EventKind, ListedRehearsal, RehearsalFormat } from "../schema/rehearsal";
import { currentBounds } from "./current-bound";
import { namesOf } from "./get-rehearsal";

/** Where a page begins: instant and id. */
const cursorSchema = z.tuple([z.iso.datetime(), z.uuid()]);

/** Rehearsals, newest first, in pages. */
export function listRehearsals(
  actor: Actor,
  after: string | null,
): Promise<{ items: ListedRehearsal[]; next: string | null; previous: string | null }> {
  return read(actor, "rehearsal:read", async (tx) => {
    const from = readPlace(after, cursorSchema);
    const rows = await tx.rehearsal.findMany({
      where: from ? { OR: [{ at: { lt: from[0] } }, { at: new Date(from[0]), id: { lt: from[1] } }] } : {},
      orderBy: [{ at: "desc" }, { id: "desc" }],
      take: pageLength + 1,
      include: {
        channel: { select: { name: true } },
        events: { orderBy: { number: "asc" }, select: { number: true, kind: true, detail: true } },
      },
    });
    const nameOf = await namesOf(
      tx,
      rows.map(({ personId }) => personId),
    );
    const now = await currentBounds(tx, [...new Set(rows.map(({ channelId }) => channelId))]);
    const items = rows.map((row): ListedRehearsal => {
      const events = row.events.map(({ number, kind, detail }) => ({
        ...{ number, kind: kind as EventKind, detail: detail as Detail },
      }));
      const walked = walkedSteps(events, row.scenarioVersionId !== null).filter(({ needed }) => needed);
      const bound = now.get(row.channelId);
      return {
        ...{ id: row.id, channelName: row.channel.name, format: row.format as RehearsalFormat, at: row.at },
        ...{
          personName: nameOf(row.personId),
          endedAt: row.endedAt,
          outcome: row.outcome as ListedRehearsal["outcome"],
        },
        ...{ done: walked.filter(({ event }) => event !== null).length, of: walked.length },
        changed: bound ? changedParts(boundSchema.parse(row.bound), bound) : [],
      };
    });
    return cutPage(items, { back: false, cursor: from }, ({ at, id }) => placeCursor([at.toISOString(), id]));
  });
}
