// Access records (접속기록, 안전성 확보조치 기준 제8조): who, when, from where, whose data, what was done. With the purpose of looking.
import { createHash } from "node:crypto";
import { type AuditValue, canonicalJson } from "@/lib/audit/record";
import { type Actor, actorReference } from "@/lib/auth/actor";
import type { Record } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";

const events = {
  search: { action: "transcript.searched" },
  find: { action: "transcript.found" },
  read: { action: "transcript.read" },
  unmask: { action: "transcript.unmasked" },
  file: { action: "transcript.file-opened" },
  export: { action: "transcript.exported" },
  download: { action: "transcript.downloaded" },
  classify: { action: "transcript.classified" },
  forward: { action: "transcript.forwarded" },
  send: { action: "transcript.send-asked" },
} as const;

export type Access = {
  action: keyof typeof events;
  /** What was touched, with the keyed handle of each user. Empty: the search found nothing. */
  sessions: readonly { id: string; handle: Uint8Array }[];
  /** 조회 목적, by its name. */
  purpose?: string | undefined;
  /** Why, in the person's own words. They stay in the access record, which ends; the audit log does not hold them. */
  reason?: string | undefined;
  /** Ids and filters, never content. */
  detail?: { [key: string]: AuditValue };
};

/** A longer detail stands in the audit entry as its hash; the access record has it whole. */
const longestDetail = 8_000;

/**
 * Records an access in the transaction that makes it: one access record per data subject (a list, or none found: one without), one audit event.
 * @param target what the audit event is about
 */
export async function recordAccess(
  tx: Tx,
  record: Record,
  actor: Actor,
  access: Access,
  target: { kind: string; id: string },
): Promise<void> {
  const subjects = bySubject(access.sessions);
  const { purpose = "", reason = "" } = access;
  const detail = canonicalJson(access.detail ?? {});
  const who = actorReference(actor);
  // A list shows many at once: one record without a subject, its detail has the filter and the ids shown.
  const isList = subjects.length > 1 && (access.action === "search" || access.action === "find");
  const whole = { subject: "", sessions: access.sessions.map(({ id }) => id) };
  const rows = subjects.length === 0 || isList ? [whole] : subjects;
  await tx.$executeRaw`
    INSERT INTO access_records (organization_id, actor_kind, actor_id, address, action, subject, session_id, purpose, reason, count, detail)
    SELECT ${actor.organizationId}::uuid, ${who.kind}, ${who.id}, ${who.address}, ${access.action}, subject, session_id, ${purpose}, ${reason}, count, ${detail}
    FROM unnest(${rows.map(({ subject }) => subject)}::text[], ${rows.map(({ sessions }) => (sessions.length === 1 ? (sessions[0] ?? null) : null))}::uuid[],
      ${rows.map(({ sessions }) => sessions.length)}::int[]) AS r (subject, session_id, count)`;
  const [only] = subjects;
  await record({
    ...events[access.action],
    target,
    ...(only && subjects.length === 1 ? { subject: only.subject } : {}),
    reason: purpose,
    body: {
      sessions: access.sessions.length,
      subjects: subjects.length,
      ...(detail.length > longestDetail
        ? { detailHash: createHash("sha256").update(detail).digest("hex") }
        : (access.detail ?? {})),
    },
  });
}

/** Data subjects by their keyed handle in hex, each with the sessions that were touched. */
function bySubject(sessions: Access["sessions"]): { subject: string; sessions: string[] }[] {
  const found = new Map<string, string[]>();
  for (const { id, handle } of sessions) {
    const subject = Buffer.from(handle).toString("hex");
    const ids = found.get(subject);
    if (ids) ids.push(id);
    else found.set(subject, [id]);
  }
  return [...found].map(([subject, ids]) => ({ subject, sessions: ids }));
}
