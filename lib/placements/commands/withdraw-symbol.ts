import { type Actor, personOf } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { Conflict, NotFound, Refused } from "@/lib/errors";
import type { WithdrawSymbol } from "../schema/button-kit";

/**
 * Takes an artwork back: its public address answers 404 within a second, and buttons show none of that kind until another is uploaded.
 * The file stays as proof of what was shown. @throws NotFound, Refused when it was withdrawn already
 */
export function withdrawSymbol(actor: Actor, { symbolId, reason }: WithdrawSymbol): Promise<void> {
  return change(actor, "symbol:upload", async (tx, record) => {
    const symbol = await tx.consultSymbol.findUnique({ where: { id: symbolId }, include: { withdrawal: true } });
    if (!symbol) throw new NotFound();
    if (symbol.withdrawal) throw new Refused("placements.symbol.refused.withdrawn");
    const { organizationId, personId } = personOf(actor);
    await tx.consultSymbolWithdrawal
      .create({ data: { symbolId, organizationId, reason, personId } })
      .catch((error: unknown) => {
        const taken = typeof error === "object" && error !== null && "code" in error && error.code === "P2002";
        throw taken ? new Conflict() : error;
      });
    const { kind, number, sha256 } = symbol;
    await record({
      action: "symbol.withdrawn",
      target: { kind: "symbol", id: symbolId },
      reason,
      body: { kind, number, sha256 },
    });
  });
}
