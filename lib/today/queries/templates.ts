import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/prisma/generated/client";
import type { Waiting } from "../rules";

/** At most so many of each: what waits longest comes first. */
const most = 50;

/** Templates that wait for a second person, and those that came back to who writes them. */
export const waitingTemplates = (tx: Tx): Promise<Waiting[]> =>
  waitingDrafts(tx, "template", (id) => ({ group: "templates", entry: "templates", href: `/templates/${id}` }));

/** The same of auto-reply scenarios. */
export const waitingScenarios = (tx: Tx): Promise<Waiting[]> =>
  waitingDrafts(tx, "scenario", (id) => ({
    ...{ group: "scenarios", entry: "rehearsal", href: `/rehearsal/scenarios/${id}` },
  }));

async function waitingDrafts(
  tx: Tx,
  what: "template" | "scenario",
  place: (id: string) => Pick<Waiting, "group" | "entry" | "href">,
): Promise<Waiting[]> {
  // Both are kept alike: <what>s, <what>_states, <what>_steps.
  const own = Prisma.raw(what);
  const found = await tx.$queryRaw<
    { id: string; name: string; state: "submitted" | "returned"; version: number; who: string; note: string }[]
  >`
    SELECT id, name, state, version, who, note FROM (
      SELECT t.id, t.name, s.state, s.version, coalesce(p.name, '') AS who, e.note, row_number() OVER (PARTITION BY s.state ORDER BY e.at) AS place
      FROM ${own}_states s JOIN ${own}s t ON t.id = s.${own}_id
      JOIN LATERAL (SELECT note, person_id, at FROM ${own}_steps WHERE organization_id = t.organization_id AND ${own}_id = t.id ORDER BY at DESC LIMIT 1) e ON true
      LEFT JOIN persons p ON p.id = e.person_id WHERE s.state IN ('submitted', 'returned')) waiting
    WHERE place <= ${most} ORDER BY state, place`;
  return found.map(({ id, name, state, version, who, note }): Waiting => {
    const asked = state === "submitted";
    return {
      ...{ ...place(id), id: `${what}-${state}:${id}`, kind: `${what}${asked ? "Asked" : "Returned"}` },
      ...{ dueOn: null, subject: name, roles: [asked ? "COMPLIANCE_OFFICER" : "MARKETER"] },
      values: { name, version, who, reason: note },
    };
  });
}
