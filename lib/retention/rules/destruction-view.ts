// What pages show of destructions: frozen runs, their rows in lists, and what one of everything that is over would take.
import type { Day } from "@/lib/clock";
import type { DestructionState } from "./destruction";

export type RunStep = {
  kind: string;
  personId: string | null;
  name: string | null;
  digest: string;
  note: string;
  at: Date;
};
/** `destroyed` and `held` count items: sessions, and files that go alone. */
export type RunChannel = {
  id: string;
  name: string;
  sessions: number;
  files: number;
  items: number;
  destroyed: number;
  held: number;
};
export type RunView = {
  id: string;
  number: string;
  kind: string;
  dueThrough: Day;
  reason: string;
  digest: string;
  sessions: number;
  files: number;
  messages: number;
  held: number;
  keptByLaw: number;
  guard: string;
  /** Both null: the daily job. */
  preparedBy: string | null;
  preparedByName: string | null;
  dataRequestId: string | null;
  preparedAt: Date;
  validUntil: Date;
  state: DestructionState;
  steps: RunStep[];
  channels: RunChannel[];
};

/** A run as the list shows it. */
export type DestructionRow = {
  id: string;
  number: string;
  kind: string;
  dueThrough: Day;
  sessions: number;
  files: number;
  /** Null: the daily job. */
  preparedBy: string | null;
  preparedAt: Date;
  validUntil: Date;
  state: DestructionState;
};

/** Sessions that are over, by channel: `ended` = `held` + `keptByLaw` + `due`. */
export type PreviewRow = {
  channelId: string;
  name: string;
  ended: number;
  held: number;
  keptByLaw: number;
  due: number;
};
