"use server";

import { formAction, leave } from "@/lib/action";
import { hasStandIns, openRehearsalDealer } from "@/lib/dealers/commands/rehearsal-dealer";
import { Refused } from "@/lib/errors";
import { startRehearsal } from "@/lib/rehearsal/commands/start-rehearsal";
import { startRehearsalSchema } from "@/lib/rehearsal/schema/rehearsal";

/** A rehearsal with a stand-in of its own. */
export const startRehearsalAction = formAction(startRehearsalSchema, async (actor, input) => {
  if (!hasStandIns()) throw new Refused("rehearsal.run.refused.noDealer");
  const id = await startRehearsal(actor, input, new Date());
  await openRehearsalDealer(actor, { id, ...input }, 0);
  return leave(`/rehearsal/${id}`, "rehearsal.run.done.started");
});
