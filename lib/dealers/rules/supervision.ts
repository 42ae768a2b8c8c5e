// Training and inspecting a consignee (수탁자 교육·점검). How often is the company's own decision: the entries carry their next day.
import { type Day, daysBetween } from "@/lib/clock";
import { Refused } from "@/lib/errors";
import { type SupervisionKind, supervisionKinds } from "../schema/supervision";

/** Where the duty stands, as dated data. */
export const supervisionBasis = {
  law: "개인정보 보호법 제26조 제4항",
  decree: "시행령 제28조 제6항",
  /** Newest amendments contained in the texts that we compared, and when we did. */
  amendedUntil: { law: "2026-09-08", decree: "2026-09-10" },
  checkedOn: "2026-11-22",
} as const;

export type SupervisionEntry = { kind: SupervisionKind; heldOn: Day; nextOn: Day | null; at: Date };

export const supervisionStates = ["never", "unset", "planned", "soon", "overdue"] as const;
/** Where the next one of a kind stands. */
export type SupervisionState = (typeof supervisionStates)[number];

/** Days before a next day from which it is said to be near. */
export const soonDays = 30;

export type SupervisionOutlook = {
  kind: SupervisionKind;
  state: SupervisionState;
  lastOn: Day | null;
  nextOn: Day | null;
};

/** Of each kind: when it was last held, and where the next one stands. The entry of the newest day says when the next is due. */
export function supervisionOutlook(entries: readonly SupervisionEntry[], today: Day): SupervisionOutlook[] {
  return supervisionKinds.map((kind) => {
    const last = entries
      .filter((entry) => entry.kind === kind)
      .reduce<SupervisionEntry | null>((newest, entry) => (newest && !newer(entry, newest) ? newest : entry), null);
    if (!last) return { kind, state: "never", lastOn: null, nextOn: null };
    return { kind, state: dueState(last.nextOn, today), lastOn: last.heldOn, nextOn: last.nextOn };
  });
}

function newer(a: SupervisionEntry, b: SupervisionEntry): boolean {
  return a.heldOn > b.heldOn || (a.heldOn === b.heldOn && a.at > b.at);
}

function dueState(nextOn: Day | null, today: Day): SupervisionState {
  if (nextOn === null) return "unset";
  if (nextOn < today) return "overdue";
  return daysBetween(today, nextOn) <= soonDays ? "soon" : "planned";
}

/** @throws Refused beside `heldOn` for a day to come, beside `nextOn` when it does not lie behind it */
export function assertMayRecordSupervision(input: { heldOn: Day; nextOn: Day | null }, today: Day): void {
  if (input.heldOn > today) throw new Refused("dealers.supervision.refused.future", "heldOn", { today });
  if (input.nextOn !== null && input.nextOn <= input.heldOn) {
    throw new Refused("dealers.supervision.refused.next", "nextOn", { heldOn: input.heldOn });
  }
}
