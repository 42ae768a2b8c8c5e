import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { type Day, kstDay } from "@/lib/clock";
import { toDay } from "@/lib/day-column";
import { type SwitchStep, switchSteps } from "../rules/switch";
import { namesOf } from "./names";
import { switchFacts } from "./switch-facts";

export type SwitchView = {
  id: string;
  fromDealer: string;
  toDealer: string;
  lastOn: Day;
  reason: string;
  by: string;
  at: Date;
  outcome: "completed" | "withdrawn" | null;
  closedBy: string | null;
  closedAt: Date | null;
};

/** The open switch of a channel with what it still needs, and the ten newest that are closed. */
export async function getSwitches(
  actor: Actor,
  channelId: string,
  now: Date,
): Promise<{ open: (SwitchView & { steps: SwitchStep[] }) | null; closed: SwitchView[] }> {
  if (!z.uuid().safeParse(channelId).success) return { open: null, closed: [] };
  return read(actor, "contract:read", async (tx) => {
    const rows = await tx.dealerSwitch.findMany({
      where: { channelId },
      orderBy: [{ at: "desc" }, { id: "desc" }],
      take: 11,
    });
    const names = await namesOf(
      tx,
      rows.flatMap(({ personId, closedBy }) => (closedBy ? [personId, closedBy] : [personId])),
    );
    const view = (row: (typeof rows)[number]): SwitchView => ({
      ...{ id: row.id, fromDealer: row.fromDealer, toDealer: row.toDealer, reason: row.reason, at: row.at },
      lastOn: toDay(row.lastOn),
      by: names.get(row.personId) ?? "",
      outcome: row.outcome === "completed" || row.outcome === "withdrawn" ? row.outcome : null,
      closedBy: row.closedBy && (names.get(row.closedBy) ?? ""),
      closedAt: row.closedAt,
    });
    const open = rows.find(({ outcome }) => outcome === null);
    return {
      open: open ? { ...view(open), steps: switchSteps(await switchFacts(tx, open), kstDay(now)) } : null,
      closed: rows.filter(({ outcome }) => outcome !== null).map(view),
    };
  });
}
