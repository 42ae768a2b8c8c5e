"use server";

import { formAction, leave } from "@/lib/action";
import { withdrawSymbol } from "@/lib/placements/commands/withdraw-symbol";
import { withdrawSymbolSchema } from "@/lib/placements/schema/button-kit";

export const withdrawSymbolAction = formAction(withdrawSymbolSchema, async (actor, input) => {
  await withdrawSymbol(actor, input);
  return leave("/placements/symbol", "placements.symbol.done.withdrawn");
});
