// Whether something destroyed is there again: counted by itself, known to the pages by the log.
import { z } from "zod";
import type { JobActor } from "@/lib/auth/actor";
import { change, read } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";
import { organizationIds } from "@/lib/db/crossings";
import { log } from "@/lib/log";
import { countReturned } from "./journal";

export type Returned = { sessions: number; files: number };

const none: Returned = { sessions: 0, files: 0 };
const bodySchema = z.object({ sessions: z.int(), files: z.int() });

/**
 * Compares every journal's end with its database and records what changed. Hourly and at each start: a restore is followed by one, and pages
 * read the last event instead of megabytes of journal. @returns how many have come back
 */
export async function noteReturned(): Promise<number> {
  let back = 0;
  for (const organizationId of await organizationIds()) {
    const actor: JobActor = { kind: "job", name: "returned", organizationId };
    const found = await countReturned(actor);
    back += found.sessions + found.files;
    const known = await read(actor, "destruction:run", knownReturned);
    if (known.sessions === found.sessions && known.files === found.files) continue;
    if (found.sessions + found.files > 0)
      log("error", "destruction.returned", { ...found, organization: organizationId });
    await change(actor, "destruction:run", (_tx, record) =>
      record({ action: "destruction.returned", target: { kind: "organization", id: organizationId }, body: found }),
    );
  }
  return back;
}

/** What the newest count found. A replay since has destroyed it again; what a broken one left is counted within the hour. */
export async function knownReturned(tx: Tx): Promise<Returned> {
  const last = await tx.auditEvent.findFirst({
    where: { action: { in: ["destruction.returned", "destruction.replayed"] }, targetKind: "organization" },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    select: { action: true, body: true },
  });
  return last?.action === "destruction.returned" ? bodyOf(last.body) : none;
}

function bodyOf(body: string): Returned {
  try {
    return bodySchema.parse(JSON.parse(body));
  } catch {
    // Not what we wrote: the verification of the log names the entry.
    return none;
  }
}
