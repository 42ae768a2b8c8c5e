import type { Day } from "@/lib/clock";
import type { LedgerReason } from "./ledger";

/** A line of the ledger (파기 관리대장) as lists and files show it. */
export type LedgerRow = {
  id: string;
  number: string;
  fileName: string;
  material: "electronic" | "paper" | "medium";
  madeFrom: Day;
  madeTo: Day;
  count: number;
  destroyedOn: Day;
  reason: LedgerReason;
  reasonNote: string;
  method: "key-destroyed" | "overwritten" | "shredded" | "burned" | "degaussed";
  backupNote: string;
  /** Hex SHA-256 over the ids of what a run destroyed; empty for what people entered. */
  digest: string;
  handledBy: string | null;
  approvedBy: string | null;
  destructionId: string | null;
};
