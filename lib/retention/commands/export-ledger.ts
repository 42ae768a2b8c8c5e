import type { Actor } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { Refused } from "@/lib/errors";
import { selectLedger } from "../queries/list-ledger";
import { type LedgerFormat, mostLedgerLines } from "../rules/ledger";
import type { LedgerRow } from "../rules/ledger-row";
import type { ListLedger } from "../schema/ledger";

/** Lines of the ledger for a file, the latest first; that they were handed out is recorded. @throws Forbidden; Refused when there are too many */
export function exportLedger(
  actor: Actor,
  filter: Pick<ListLedger, "year" | "reason">,
  format: LedgerFormat,
): Promise<{ company: string; rows: LedgerRow[] }> {
  return change(actor, "ledger:read", async (tx, record) => {
    const rows = await selectLedger(tx, filter, null, mostLedgerLines + 1);
    if (rows.length > mostLedgerLines)
      throw new Refused("retention.ledger.export.tooMany", undefined, { most: mostLedgerLines });
    const { name } = await tx.organization.findUniqueOrThrow({
      where: { id: actor.organizationId },
      select: { name: true },
    });
    await record({
      action: "ledger.exported",
      target: { kind: "organization", id: actor.organizationId },
      body: { format, count: rows.length, year: filter.year ?? null, reason: filter.reason ?? null },
    });
    return { company: name, rows };
  });
}
