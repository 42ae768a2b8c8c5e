import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import type { ListedScenario } from "../schema/view";

/** Scenarios of the organization, last changed first; a company has a handful, so there are no pages (at most 200). */
export function listScenarios(actor: Actor): Promise<ListedScenario[]> {
  return read(
    actor,
    "scenario:read",
    (tx) => tx.$queryRaw<ListedScenario[]>`
      SELECT t.id, t.name, t.channel_id AS "channelId", c.name AS "channelName", s.state, s.version, s.in_use AS "inUse", t.changed_at AS "changedAt"
      FROM scenarios t JOIN scenario_states s ON s.scenario_id = t.id JOIN channels c ON c.id = t.channel_id
      ORDER BY t.changed_at DESC, t.id DESC LIMIT 200`,
  );
}

type ChannelChoice = { id: string; name: string };

/** Channels that a new scenario may be of. */
export const listScenarioChannels = (actor: Actor): Promise<ChannelChoice[]> => channelsFor(actor, "scenario:edit");

/** Channels that may be rehearsed. */
export const listRehearsalChannels = (actor: Actor): Promise<ChannelChoice[]> => channelsFor(actor, "rehearsal:run");

function channelsFor(actor: Actor, permission: "scenario:edit" | "rehearsal:run"): Promise<ChannelChoice[]> {
  return read(actor, permission, (tx) =>
    tx.channel.findMany({
      select: { id: true, name: true },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
      take: 200,
    }),
  );
}
