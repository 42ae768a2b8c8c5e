import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";

export type PurposeChoice = { id: string; name: string; scope: string; unmask: boolean; separated: boolean };
export type PurposeRow = PurposeChoice & { position: number; version: number; retiredAt: Date | null };

const columns = { id: true, name: true, scope: true, unmask: true, separated: true } as const;
const order = [{ position: "asc" }, { id: "asc" }] as const;

/** Every purpose of looking, retired ones last. */
export async function listPurposes(actor: Actor): Promise<PurposeRow[]> {
  const rows = await read(actor, "purpose:read", (tx) =>
    tx.viewPurpose.findMany({
      select: { ...columns, position: true, version: true, retiredAt: true },
      orderBy: [...order],
      take: 500,
    }),
  );
  return [...rows.filter(({ retiredAt }) => !retiredAt), ...rows.filter(({ retiredAt }) => retiredAt)];
}

/** Those that are offered, within the caller's transaction. */
export function listOpenPurposes(tx: Tx): Promise<PurposeChoice[]> {
  return tx.viewPurpose.findMany({ where: { retiredAt: null }, select: columns, orderBy: [...order], take: 100 });
}
