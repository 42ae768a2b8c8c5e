import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { cursorOf, cutPage, pageLength, readCursor } from "@/lib/keyset";

export type ContractHistoryEntry = {
  id: string;
  at: Date;
  action: string;
  /** A person's name, else the kind of actor. */
  by: string;
  result: string;
  /** The version that it made or decided on, where there was one. */
  version: number | null;
};

/** The newest fifty audit entries of a contract; `after` is the `next` of the page before. Null when there is no such contract. */
export async function listContractHistory(
  actor: Actor,
  contractId: string,
  after: string | undefined,
): Promise<{ items: ContractHistoryEntry[]; next: string | null } | null> {
  if (!z.uuid().safeParse(contractId).success) return null;
  const place = readCursor(after);
  return read(actor, "audit:read", async (tx) => {
    if ((await tx.contract.count({ where: { id: contractId } })) === 0) return null;
    const events = await tx.auditEvent.findMany({
      where: {
        targetId: contractId,
        ...(place ? { OR: [{ at: { lt: place.at } }, { at: place.at, id: { lt: place.id } }] } : {}),
      },
      select: { id: true, at: true, action: true, actorKind: true, actorId: true, result: true, body: true },
      orderBy: [{ at: "desc" }, { id: "desc" }],
      take: pageLength + 1,
    });
    const { items: page, next } = cutPage(events, { back: false, cursor: place }, (row) => cursorOf(row.at, row.id));
    const ids = page.filter(({ actorKind, actorId }) => actorKind === "person" && z.uuid().safeParse(actorId).success);
    const persons = await tx.person.findMany({
      where: { id: { in: [...new Set(ids.map((event) => event.actorId))] } },
      select: { id: true, name: true },
    });
    const names = new Map(persons.map((person) => [person.id, person.name]));
    return {
      items: page.map(({ actorKind, actorId, body, ...event }) => ({
        ...event,
        by: names.get(actorId) ?? actorKind,
        version: Number(/"version":(\d{1,9})\b/.exec(body)?.[1]) || null,
      })),
      next,
    };
  });
}
