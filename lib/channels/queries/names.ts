import type { Tx } from "@/lib/db/client";

/** Names of colleagues, also of those who have left. */
export async function namesOf(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const persons = await tx.person.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, name: true },
  });
  return new Map(persons.map((person) => [person.id, person.name]));
}
