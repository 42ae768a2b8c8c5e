import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";

/** Channels that a contract with this dealer may cover: those of that dealer, without one, or on their way to it; by name. At most 500. */
export function listCoverableChannels(actor: Actor, dealer: string): Promise<{ id: string; name: string }[]> {
  return read(actor, "contract:edit", (tx) =>
    tx.channel.findMany({
      where: {
        OR: [{ dealer }, { dealer: null }, { switches: { some: { toDealer: dealer, outcome: null } } }],
      },
      select: { id: true, name: true },
      orderBy: [{ name: "asc" }, { id: "asc" }],
      take: 500,
    }),
  );
}
