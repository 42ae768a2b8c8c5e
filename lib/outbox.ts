// The outbox: letters wait in it, in the change that they belong to, and are sent by themselves (lib/people/jobs).
import type { Tx } from "@/lib/db/client";
import { seal, unseal } from "@/lib/seal";

const purpose = "mail";

/** A letter to one address. */
export type OutboundLetter = { to: string; subject: string; text: string };

/** Puts letters into the outbox. Their texts wait sealed: one may hold a link that opens an account. */
export async function queueMail(tx: Tx, organizationId: string, ...letters: readonly OutboundLetter[]): Promise<void> {
  const data = letters.map(({ to, subject, text }) => ({
    ...{ organizationId, recipient: to, subject },
    body: Buffer.from(seal(purpose, text)).toString("base64"),
  }));
  await tx.mail.createMany({ data });
}

/** The text of a letter in the outbox. */
export function letterText(body: string): string {
  return unseal(purpose, Buffer.from(body, "base64"));
}
