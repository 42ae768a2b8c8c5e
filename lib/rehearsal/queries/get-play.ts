// What is needed to go on with a rehearsal.
import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { NotFound, Refused } from "@/lib/errors";
import { rehearsedUser } from "../rules/user";
import type { RehearsalFormat } from "../schema/rehearsal";
import { type Scenario, scenarioSchema } from "../schema/scenario";
import { type Walk, walkSchema } from "../schema/walk";

export type Play = {
  id: string;
  channelId: string;
  senderKey: string | null;
  format: RehearsalFormat;
  userKey: string;
  aheadMs: number;
  walk: Walk;
  scenario: Scenario | null;
};

/** @throws NotFound; Refused when it has ended */
export function getPlay(actor: Actor, id: string): Promise<Play> {
  return read(actor, "rehearsal:run", async (tx) => {
    const row = z.uuid().safeParse(id).success
      ? await tx.rehearsal.findUnique({
          where: { id },
          include: { channel: { select: { senderKey: true } }, scenarioVersion: { select: { content: true } } },
        })
      : null;
    if (!row) throw new NotFound();
    if (row.endedAt) throw new Refused("rehearsal.run.refused.over");
    return {
      ...{ id, channelId: row.channelId, senderKey: row.channel.senderKey, userKey: rehearsedUser(id) },
      format: row.format as RehearsalFormat,
      ...{ aheadMs: Number(row.offsetMs), walk: walkSchema.parse(row.walk) },
      scenario: row.scenarioVersion && scenarioSchema.parse(row.scenarioVersion.content),
    };
  });
}
