import { personByEmail, type TicketState } from "@/lib/db/crossings";
import { Refused } from "@/lib/errors";
import { openTicket } from "../commands/open-ticket";

/** What a mailed link leads to, or the key of the sentence that says why it leads nowhere. */
export async function readTicket(kind: "invite" | "reset", token: string, now: Date): Promise<TicketState | string> {
  try {
    return await openTicket(kind, token, now);
  } catch (error) {
    if (error instanceof Refused) return error.key;
    throw error;
  }
}

/** Whether an invited address has a password already. Asked only for whoever holds the link that was mailed to it. */
export async function hasAccount(email: string): Promise<boolean> {
  return Boolean((await personByEmail(email))?.passwordHash);
}
