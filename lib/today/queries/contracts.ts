import type { Actor } from "@/lib/auth/actor";
import { can } from "@/lib/auth/permissions";
import { addDays, type Day, kstDay } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import { dealerBySlug } from "@/lib/dealers/directory";
import { careDates, type WatchedRow, watchedContracts } from "@/lib/dealers/queries/watched-contracts";
import { isSnoozed, openDeadlines } from "@/lib/dealers/rules/reminders";
import type { Waiting, WaitingKind } from "../rules";

/** Days before a contract's deadline from which it is shown. */
const ahead = 90;
const nameOf = (slug: string) => dealerBySlug(slug)?.name ?? slug;

/** What contracts ask for: decisions and notices, the care for consignees, approvals of re-consignment that end. */
export async function waitingContracts(tx: Tx, actor: Actor, now: Date): Promise<Waiting[]> {
  if (!can(actor, "contract:read")) return [];
  const today = kstDay(now);
  const until = addDays(today, ahead);
  const contracts = await watchedContracts(tx, today);
  const care = await careDates(tx, today, until);
  return [
    ...contracts.flatMap((contract) => nextOf(contract, today, until)),
    ...care.map(
      ({ id, kind, contractId, number, dealer, channelName, on }): Waiting => ({
        ...{ id: `${kind}:${id}`, group: "contracts", entry: "dealers", kind, dueOn: on },
        roles: kind === "reconsignment" ? ["COMPLIANCE_OFFICER"] : ["CLIENT_ADMIN", "COMPLIANCE_OFFICER"],
        values: { dealer: nameOf(dealer), channel: channelName },
        subject: number,
        href:
          kind === "reconsignment" ? `/dealers/contracts/${contractId}` : `/dealers/contracts/${contractId}/consignees`,
      }),
    ),
  ];
}

/** The next deadline of a contract that can still be met; nothing while it is put off. */
function nextOf(contract: WatchedRow, today: Day, until: Day): Waiting[] {
  const next = openDeadlines(contract, today).find(({ on }) => on >= today);
  if (!next || next.on > until || isSnoozed(next, contract.snoozes, today)) return [];
  const { outlook } = next;
  const kinds: Record<typeof next.kind, WaitingKind> = {
    decision: "decide",
    notice: "notify",
    "term-end": outlook.outcome === "renews" ? "renewing" : "termEnd",
  };
  return [
    {
      ...{ id: `contract:${contract.id}`, group: "contracts", entry: "dealers", kind: kinds[next.kind] },
      roles: ["CLIENT_ADMIN", "COMPLIANCE_OFFICER"],
      values: {
        ...{ dealer: nameOf(contract.dealer), outcome: outlook.outcome },
        ...{ notice: outlook.noticeOn ?? "", until: outlook.until ?? "" },
      },
      subject: contract.number,
      dueOn: next.on,
      href: `/dealers/contracts/${contract.id}`,
    },
  ];
}
