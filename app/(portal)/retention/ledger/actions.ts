"use server";

import { formAction, leave } from "@/lib/action";
import { recordLedger } from "@/lib/retention/commands/record-ledger";
import { recordLedgerSchema } from "@/lib/retention/schema/ledger";

export const recordLedgerAction = formAction(recordLedgerSchema, async (actor, input) => {
  await recordLedger(actor, input, new Date());
  return leave("/retention/ledger", "retention.ledger.recorded");
});
