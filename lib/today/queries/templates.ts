import type { Tx } from "@/lib/db/client";
import type { Waiting } from "../rules";

/** At most so many of each: what waits longest comes first. */
const most = 50;

/** Templates that wait for a second person, and those that came back to who writes them. */
export async function waitingTemplates(tx: Tx): Promise<Waiting[]> {
  const found = await tx.$queryRaw<
    { id: string; name: string; state: "submitted" | "returned"; version: number; who: string; note: string }[]
  >`
    SELECT id, name, state, version, who, note FROM (
      SELECT t.id, t.name, s.state, s.version, coalesce(p.name, '') AS who, e.note, row_number() OVER (PARTITION BY s.state ORDER BY e.at) AS place
      FROM template_states s JOIN templates t ON t.id = s.template_id
      JOIN LATERAL (SELECT note, person_id, at FROM template_steps WHERE organization_id = t.organization_id AND template_id = t.id ORDER BY at DESC LIMIT 1) e ON true
      LEFT JOIN persons p ON p.id = e.person_id WHERE s.state IN ('submitted', 'returned')) waiting
    WHERE place <= ${most} ORDER BY state, place`;
  return found.map(({ id, name, state, version, who, note }): Waiting => {
    const asked = state === "submitted";
    return {
      ...{ group: "templates", entry: "templates", dueOn: null, subject: name, href: `/templates/${id}` },
      ...{ id: `template-${state}:${id}`, kind: asked ? "templateAsked" : "templateReturned" },
      roles: [asked ? "COMPLIANCE_OFFICER" : "MARKETER"],
      values: { name, version, who, reason: note },
    };
  });
}
