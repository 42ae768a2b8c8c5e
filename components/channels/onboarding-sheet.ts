// What the onboarding table shows: the plan, where each item stands, and what the viewer may do.
import type { FormAction } from "@/lib/action";
import type { ItemState } from "@/lib/channels/rules/onboarding";
import type { MarkKind, OnboardingKey } from "@/lib/channels/schema";
import type { Day } from "@/lib/clock";

export type Mark = {
  id: string;
  item: string;
  kind: MarkKind;
  note: string;
  by: string;
  at: Date;
  renewOn: Day | null;
  file: { id: string; name: string; bytes: number; sha256: string } | null;
};

export type Plan = { item: string; ownerId: string | null; owner: string | null; dueOn: Day | null; version: number };

export type OnboardingSheet = {
  channelId: string;
  dealer: string | null;
  categoryCode: string | null;
  placements: number;
  marks: readonly Mark[];
  states: readonly ItemState[];
  plans: readonly Plan[];
  now: Date;
  may: { mark: boolean; attach: boolean; download: boolean; edit: boolean; plan: boolean; contracts: boolean };
  markAction: FormAction;
  planAction: FormAction;
  /** The item whose owner and day are being written, and who may be named. */
  planning: OnboardingKey | null;
  colleagues: readonly { id: string; name: string }[];
  /** What was refused just now, beside its item. */
  refused: { item: OnboardingKey; sentence: string } | null;
};
