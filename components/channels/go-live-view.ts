// What the gate shows of a channel, and what the viewer may do at it.
import type { FormAction } from "@/lib/action";
import type { ItemState } from "@/lib/channels/rules/onboarding";
import type { ChannelState } from "@/lib/channels/schema";
import type { Plan } from "./onboarding-sheet";

export type GateChannel = {
  id: string;
  name: string;
  searchId: string;
  state: ChannelState;
  wentLiveAt: Date | null;
  wentLiveBy: string | null;
  requestedBy: string | null;
  states: readonly ItemState[];
  plans: readonly Plan[];
  request: { id: string; personId: string; by: string; at: Date; digest: string; changed: boolean } | null;
  declined: { by: string; at: Date; note: string } | null;
  placements: number;
  blocked: number | null;
};

export type GateView = {
  personId: string;
  now: Date;
  may: { request: boolean; agree: boolean; contracts: boolean };
  actions: Readonly<Record<"request" | "agree" | "decline" | "withdraw", FormAction>>;
};
