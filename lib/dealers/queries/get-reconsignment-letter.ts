import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { toDay } from "@/lib/day-column";
import type { Letter } from "@/lib/pdf/letter";
import { letterName, reconsignmentLetter } from "../rules/reconsignment-letter";

/** The letter of an approval and the name of its file, or null: also for another contract's or organization's. @throws Forbidden */
export async function getReconsignmentLetter(
  actor: Actor,
  contractId: string,
  reconsignmentId: string,
): Promise<{ name: string; letter: Letter } | null> {
  return read(actor, "contract:download", async (tx) => {
    if (!z.uuid().safeParse(contractId).success || !z.uuid().safeParse(reconsignmentId).success) return null;
    const found = await tx.reconsignment.findFirst({
      where: { id: reconsignmentId, contractId },
      include: {
        channel: { select: { name: true, searchId: true } },
        contract: { select: { number: true, title: true, signedOn: true } },
      },
    });
    if (!found) return null;
    const content = {
      ...found,
      contract: { ...found.contract, signedOn: toDay(found.contract.signedOn) },
      approvedOn: toDay(found.approvedOn),
      validFrom: toDay(found.validFrom),
      validUntil: toDay(found.validUntil),
    };
    return { name: letterName(content), letter: reconsignmentLetter(content, found.at, toDay(found.withdrawnOn)) };
  });
}
