import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import type { LockedMessage } from "../schema/locked";

/** Most of each that a page shows. */
const most = 100;

/** Approved notices and consent forms as they are sent: written and approved in the privacy module, shown here to be read. */
export function listLocked(actor: Actor): Promise<LockedMessage[]> {
  return read(actor, "template:read", async (tx) => {
    const notices = await tx.$queryRaw<LockedMessage[]>`
      SELECT 'notice' AS kind, c.id AS "of", c.name, c.name AS "channelName", s.text, s.at, v.number AS version
      FROM notices n JOIN channels c ON c.organization_id = n.organization_id AND c.id = n.channel_id
      JOIN LATERAL (SELECT e.text, e.at, e.version_id FROM notice_steps e
        WHERE e.organization_id = n.organization_id AND e.notice_id = n.id AND e.kind = 'approved' ORDER BY e.at DESC LIMIT 1) s ON true
      JOIN notice_versions v ON v.organization_id = n.organization_id AND v.id = s.version_id
      WHERE s.text IS NOT NULL ORDER BY c.name, c.id LIMIT ${most}`;
    const forms = await tx.$queryRaw<LockedMessage[]>`
      SELECT 'consent' AS kind, f.id AS "of", f.name, c.name AS "channelName", s.sent AS text, s.at, s.number AS version
      FROM consent_forms f LEFT JOIN channels c ON c.organization_id = f.organization_id AND c.id = f.channel_id
      JOIN LATERAL (SELECT e.sent, e.at, e.number FROM consent_steps e
        WHERE e.organization_id = f.organization_id AND e.form_id = f.id AND e.kind = 'approved' ORDER BY e.at DESC LIMIT 1) s ON true
      WHERE f.retired_at IS NULL AND s.sent IS NOT NULL ORDER BY f.number LIMIT ${most}`;
    return [...notices, ...forms];
  });
}
