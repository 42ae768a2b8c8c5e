import { randomUUID } from "node:crypto";
import { type Actor, personOf } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { NotFound } from "@/lib/errors";
import { currentBounds } from "../queries/current-bound";
import { boundSchema } from "../rules/bound";
import type { StartRehearsal } from "../schema/rehearsal";

/** Begins a rehearsal of a channel, bound to what is in force now. @returns its id @throws NotFound */
export function startRehearsal(actor: Actor, { channelId, format }: StartRehearsal, now: Date): Promise<string> {
  return change(actor, "rehearsal:run", async (tx, record) => {
    const channel = await tx.channel.findUnique({ where: { id: channelId }, select: { id: true } });
    if (!channel) throw new NotFound();
    const { organizationId, personId } = personOf(actor);
    const id = randomUUID();
    const current = (await currentBounds(tx, [channelId])).get(channelId);
    const bound = boundSchema.parse(current);
    await tx.rehearsal.create({
      data: {
        ...{ id, organizationId, channelId, format, bound, personId, at: now },
        scenarioVersionId: current?.scenarioVersionId ?? null,
      },
    });
    await record({
      action: "rehearsal.started",
      target: { kind: "rehearsal", id },
      body: { channel: channelId, format, ...bound },
    });
    return id;
  });
}
