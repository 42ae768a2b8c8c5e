// The way out of a contract as pages and papers see it: what `getExit` reads.
import type { Day } from "@/lib/clock";
import type { ContractView } from "./contract-view";
import type { ExitChannel, ExitState } from "./exit";

export type EndingView = ContractView["endings"][number];

export type ExitView = {
  /** The agreed end that counts. */
  standing: (EndingView & { endsOn: Day }) | null;
  /** What is asked and not answered, with what somebody who agrees agrees to. */
  pending: { ending: EndingView; digest: string; channels: ExitChannel[] } | null;
  /** Channels of the standing end; without one, as if the contract ended today. */
  channels: ExitChannel[];
  /** Null while no end stands. */
  states: ExitState[] | null;
  closed: boolean;
  /** When the final register was handed out last. */
  registerAt: Date | null;
};
