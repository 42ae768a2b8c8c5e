import type { Day } from "@/lib/clock";
import type { ContractFields } from "./contract-content";

/** Last day of the term that runs on `today`, null for a contract without a term. */
export function termEndOf(fields: Pick<ContractFields, "startsOn" | "endsOn">, _today: Day): Day | null {
  return fields.endsOn;
}
