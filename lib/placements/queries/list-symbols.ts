import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";
import { currentSymbols } from "../rules/consult-symbol";
import { type ConsultSymbolView, type CurrentSymbols, symbolKindSchema } from "../schema/button-kit";

/** A company uploads a handful in its life; older ones are in the audit log. */
const mostListed = 100;

/** Uploaded artwork, newest first, at most 100. */
export function listSymbols(actor: Actor): Promise<ConsultSymbolView[]> {
  return read(actor, "placement:read", symbolsOf);
}

/** What buttons show now. */
export function getCurrentSymbols(actor: Actor): Promise<CurrentSymbols> {
  return read(actor, "placement:read", async (tx) => currentSymbols(await symbolsOf(tx)));
}

/** The same inside a transaction that is under way. */
export async function symbolsOf(tx: Tx): Promise<ConsultSymbolView[]> {
  const rows = await tx.consultSymbol.findMany({
    include: { file: { select: { name: true } }, withdrawal: true },
    orderBy: [{ at: "desc" }, { number: "desc" }],
    take: mostListed,
  });
  const ids = rows.flatMap(({ personId, withdrawal }) => [personId, ...(withdrawal ? [withdrawal.personId] : [])]);
  const people = await tx.person.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  const nameOf = (id: string) => people.find((person) => person.id === id)?.name ?? null;
  return rows.map(({ id, kind, number, sha256, bytes, width, height, at, file, personId, withdrawal }) => ({
    ...{ id, number, sha256, bytes, width, height, at, name: file.name, personName: nameOf(personId) },
    kind: symbolKindSchema.parse(kind),
    withdrawn: withdrawal && {
      at: withdrawal.at,
      reason: withdrawal.reason,
      personName: nameOf(withdrawal.personId),
    },
  }));
}
