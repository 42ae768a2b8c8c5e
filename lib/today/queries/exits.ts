import type { Actor } from "@/lib/auth/actor";
import { can } from "@/lib/auth/permissions";
import { toDay } from "@/lib/day-column";
import type { Tx } from "@/lib/db/client";
import { dealerBySlug } from "@/lib/dealers/directory";
import { listOpenExits } from "@/lib/dealers/queries/list-exits";
import type { Waiting } from "../rules";

/** Days before a last day on which its way out is shown. */
const ahead = 49;

/** Ends and reinstatings that wait for a second person, and ways out that are not closed. */
export async function waitingExits(tx: Tx, actor: Actor, now: Date): Promise<Waiting[]> {
  if (!can(actor, "contract:read")) return [];
  const asked = await tx.contractEnding.findMany({
    where: { outcome: null },
    select: {
      id: true,
      kind: true,
      endsOn: true,
      contractId: true,
      contract: { select: { number: true, dealer: true } },
    },
    orderBy: { at: "asc" },
  });
  const named = (dealer: string) => dealerBySlug(dealer)?.name ?? dealer;
  const shared = { group: "contracts", entry: "dealers" } as const;
  return [
    ...asked.map(
      ({ id, kind, endsOn, contractId, contract }): Waiting => ({
        ...shared,
        id: `ending:${id}`,
        roles: ["COMPLIANCE_OFFICER"],
        kind: kind === "end" ? "endAsked" : "reinstateAsked",
        values: { name: named(contract.dealer) },
        subject: contract.number,
        dueOn: toDay(endsOn),
        href: `/dealers/contracts/${contractId}/exit`,
      }),
    ),
    ...(await listOpenExits(tx, now, ahead)).map(
      ({ contractId, number, dealer, endsOn, open }): Waiting => ({
        ...shared,
        id: `exit:${contractId}`,
        roles: ["CLIENT_ADMIN", "COMPLIANCE_OFFICER"],
        kind: "exitOpen",
        values: { name: named(dealer), count: open },
        subject: number,
        dueOn: endsOn,
        href: `/dealers/contracts/${contractId}/exit`,
      }),
    ),
  ];
}
