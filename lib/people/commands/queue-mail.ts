import type { Tx } from "@/lib/db/client";
import { seal, unseal } from "@/lib/seal";

const purpose = "mail";

/** Puts a letter into the outbox, in the change it belongs to. Its text waits sealed: it may hold a link that opens an account. */
export async function queueMail(
  tx: Tx,
  organizationId: string,
  { to, subject, text }: { to: string; subject: string; text: string },
): Promise<void> {
  const body = Buffer.from(seal(purpose, text)).toString("base64");
  await tx.mail.create({ data: { organizationId, recipient: to, subject, body } });
}

/** The text of a letter in the outbox. */
export function letterText(body: string): string {
  return unseal(purpose, Buffer.from(body, "base64"));
}
