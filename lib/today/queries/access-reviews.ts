import { nextReview } from "@/lib/audit/access/reviews";
import { type Day, kstDay } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import type { Waiting } from "../rules";

/** The period whose access records are to be reviewed, and findings whose follow-up is open. */
export async function waitingAccessReviews(tx: Tx, now: Date): Promise<Waiting[]> {
  const next = await nextReview(tx);
  const open = await tx.$queryRaw<{ reviewId: string; from: Day; count: number; dueOn: Day }[]>`
    SELECT r.id AS "reviewId", r.period_from::text AS "from", count(*)::int AS count, min(f.due_on)::text AS "dueOn"
    FROM access_findings f JOIN access_reviews r ON r.organization_id = f.organization_id AND r.id = f.review_id
    WHERE f.organization_id = damso_organization() AND f.closed_at IS NULL GROUP BY r.id, r.period_from ORDER BY min(f.due_on) LIMIT 50`;
  const place = { group: "reviews", entry: "audit", roles: ["COMPLIANCE_OFFICER"] } as const;
  const due: Waiting[] =
    next && next.to < kstDay(now)
      ? [
          {
            ...{ ...place, id: `access-review:${next.from}`, kind: "accessReview", subject: "", dueOn: next.dueOn },
            ...{ values: { from: next.from, to: next.to }, href: "/audit/access/reviews" },
          },
        ]
      : [];
  return [
    ...due,
    ...open.map(
      ({ reviewId, from, count, dueOn }): Waiting => ({
        ...{ ...place, id: `access-finding:${reviewId}`, kind: "accessFinding", subject: from, dueOn },
        ...{ values: { count }, href: `/audit/access/reviews/${reviewId}#findings` },
      }),
    ),
  ];
}
