import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import type { Permission } from "@/lib/auth/permissions";

/** Channels to choose from, by name; nobody has more than are shown. @param right the right of the page that asks */
export function listChannelChoices(actor: Actor, right: Permission): Promise<{ id: string; name: string }[]> {
  return read(actor, right, (tx) =>
    tx.channel.findMany({ select: { id: true, name: true }, orderBy: [{ name: "asc" }, { id: "asc" }], take: 500 }),
  );
}
