import { addDays, kstDay } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import { holdNumber } from "@/lib/retention/rules/hold";
import type { Waiting } from "../rules";

/** Days before a review day on which it is shown. */
const ahead = 7;

/** Holds whose review is near or past, and releases that wait for a second person. */
export async function waitingHolds(tx: Tx, now: Date): Promise<Waiting[]> {
  const until = addDays(kstDay(now), ahead);
  const found = await tx.$queryRaw<{ id: string; number: number; title: string; reviewOn: string; asked: boolean }[]>`
    SELECT h.id, h.number, h.title, h.review_on::text AS "reviewOn", r.id IS NOT NULL AS asked
    FROM active_holds h LEFT JOIN hold_releases r ON r.organization_id = h.organization_id AND r.hold_id = h.id AND r.outcome IS NULL
    WHERE h.organization_id = damso_organization() AND (r.id IS NOT NULL OR h.review_on <= ${until}::date)
    ORDER BY h.review_on, h.number LIMIT 50`;
  return found.map(({ id, number, title, reviewOn, asked }): Waiting => {
    const said = holdNumber(number);
    return {
      ...{ id: `hold:${id}`, group: "holds", entry: "retention", href: `/retention/holds/${id}`, subject: said },
      ...(asked
        ? { kind: "releaseAsked", roles: ["CLIENT_ADMIN"], dueOn: null }
        : { kind: "holdReview", roles: ["COMPLIANCE_OFFICER"], dueOn: reviewOn }),
      values: { number: said, name: title },
    };
  });
}
