import { kstDay } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import { dueRequestsBy } from "@/lib/privacy/queries/list-requests";
import { requestNumber } from "@/lib/privacy/rules/request";
import type { Waiting } from "../rules";

/** The clock is ten days: all that is unanswered is shown, but for what was put off. */
const ahead = 10;

/** Data subjects' requests that nobody has answered. */
export async function waitingRequests(tx: Tx, now: Date): Promise<Waiting[]> {
  const found = await tx.$queryRaw<{ id: string; number: number; kind: string; dueOn: string }[]>`
    ${dueRequestsBy(kstDay(now), ahead)}`;
  return found.map(({ id, number, kind, dueOn }) => ({
    ...{ id: `request:${id}`, group: "requests", entry: "requests", kind: "requestDue", dueOn },
    roles: ["COMPLIANCE_OFFICER"],
    values: { number: requestNumber(number), kind },
    ...{ subject: requestNumber(number), href: `/privacy/requests/${id}` },
  }));
}
