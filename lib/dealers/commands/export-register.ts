import { z } from "zod";
import { type Actor, personOf } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { NotFound } from "@/lib/errors";
import type { Locale } from "@/lib/locale";
import { contractView } from "../queries/get-contract";
import { exitView } from "../queries/get-exit";
import { type RegisterSheet, registerSheet } from "../register-sheet";

export const registerFormats = ["pdf", "csv"] as const;
export type RegisterFormat = (typeof registerFormats)[number];

/**
 * The contract's whole story on one sheet, with who asked for it; that it was handed out is recorded with the sheet's SHA-256.
 * @throws Forbidden, NotFound
 */
export function exportRegister(
  actor: Actor,
  contractId: string,
  format: RegisterFormat,
  locale: Locale,
  now: Date,
): Promise<RegisterSheet> {
  if (!z.uuid().safeParse(contractId).success) throw new NotFound();
  return change(actor, "contract:download", async (tx, record) => {
    const contract = await contractView(tx, contractId, now);
    if (!contract) throw new NotFound();
    const exit = await exitView(tx, contract, now);
    const { personId } = personOf(actor);
    const person = await tx.person.findUnique({ where: { id: personId }, select: { name: true } });
    const organization = await tx.organization.findUnique({
      where: { id: actor.organizationId },
      select: { name: true },
    });
    const maker = { company: organization?.name ?? "", by: person?.name ?? "", at: now };
    const sheet = registerSheet(contract, exit, maker, locale);
    await record({
      action: "contract.register-exported",
      target: { kind: "contract", id: contractId },
      body: { format, sha256: sheet.digest, version: contract.version, closed: exit.closed },
    });
    return sheet;
  });
}
