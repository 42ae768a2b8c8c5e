// One consultation as it stands before a purpose is given: when, whence, until when it is kept and why. Nothing is decrypted here.
import { loadKept, loadTerms } from "@/lib/archive/reckoning";
import type { PersonActor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import type { Day } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import { type Reckoned, reckonSession } from "@/lib/retention/rules/reckon";
import { isOpenLook } from "../rules/looks";
import { isBlocked } from "./is-blocked";
import { listOpenPurposes, type PurposeChoice } from "./list-purposes";

type Facts = {
  id: string;
  externalId: string;
  openedAt: Date;
  openedBy: string;
  lastUserMessageAt: Date | null;
  lastMessageAt: Date | null;
  endedAt: Date | null;
  endReason: string | null;
  messageCount: number;
  returning: boolean;
  userHandle: Uint8Array;
  entry: string | null;
  medium: string | null;
  extra: string | null;
  channelId: string;
  channelName: string;
  placementId: string | null;
  placementName: string | null;
  category: string;
  shelf: string;
  caseClosedOn: Day | null;
  transactionOn: Day | null;
  dueOn: Day | null;
  ordinaryDueOn: Day | null;
  /** Version of the automatic notice that stood in the chat rooms when it was opened, as far as anybody had looked (guide 3-1). */
  noticeVersion: number | null;
};
export type HoldOn = {
  id: string;
  number: number;
  scope: string;
  title: string;
  placedAt: Date;
  placedBy: string | null;
};
export type MarkOn = {
  id: string;
  kind: string;
  category: string | null;
  on: Day | null;
  at: Date;
  name: string | null;
};
export type LookOn = { id: string; at: Date; action: string; purpose: string; name: string | null };
export type OpenLookFacts = {
  id: string;
  purpose: string;
  mayUnmask: boolean;
  reason: string;
  at: Date;
  until: Date;
  unmaskedAt: Date | null;
};
export type Transcript = Facts & {
  reckoned: Reckoned;
  holds: HoldOn[];
  marks: MarkOn[];
  /** Newest looks and other accesses. */
  accesses: LookOn[];
  /** Sessions of the same handle in this channel, this one too. */
  sameUser: number;
  blocked: boolean;
  /** The caller's own open look, if there is one. */
  look: OpenLookFacts | null;
  /** Purposes that reach it. */
  purposes: PurposeChoice[];
};

const shown = { accesses: 6, marks: 20 };

/** A consultation's metadata, or null for another organization's, an unknown and a destroyed one alike. */
export function getTranscript(actor: PersonActor, id: string, now: Date): Promise<Transcript | null> {
  return read(actor, "transcript:search", async (tx) => {
    const facts = await factsOf(tx, id);
    if (!facts) return null;
    const kept = (await loadKept(tx, [id])).get(id);
    if (!kept) return null;
    const apart = facts.shelf.startsWith("law-");
    return {
      ...facts,
      reckoned: reckonSession(kept, await loadTerms(tx), now),
      holds: await holdsOn(tx, id),
      marks: await marksOn(tx, id),
      accesses: await accessesOf(tx, id),
      sameUser: await tx.consultSession.count({
        where: { channelId: facts.channelId, userHandle: Uint8Array.from(facts.userHandle) },
      }),
      blocked: await isBlocked(tx, facts),
      look: await ownLook(tx, actor, id, now),
      purposes: (await listOpenPurposes(tx)).filter(({ separated }) => separated || !apart),
    };
  });
}

async function factsOf(tx: Tx, id: string): Promise<Facts | null> {
  const [row] = await tx.$queryRaw<Facts[]>`
    SELECT s.id, s.external_id AS "externalId", s.opened_at AS "openedAt", s.opened_by AS "openedBy",
      s.last_user_message_at AS "lastUserMessageAt", s.last_message_at AS "lastMessageAt", s.ended_at AS "endedAt", s.end_reason AS "endReason",
      s.message_count AS "messageCount", s."returning", s.user_handle AS "userHandle", s.entry, p.medium, s.extra, s.category, s.shelf,
      to_char(s.case_closed_on, 'YYYY-MM-DD') AS "caseClosedOn", to_char(s.transaction_on, 'YYYY-MM-DD') AS "transactionOn",
      to_char(s.due_on, 'YYYY-MM-DD') AS "dueOn", to_char(s.ordinary_due_on, 'YYYY-MM-DD') AS "ordinaryDueOn",
      (SELECT n.number FROM notice_spans n WHERE n.organization_id = s.organization_id AND n.channel_id = s.channel_id AND n.from_at <= s.opened_at
        AND (n.until_at IS NULL OR n.until_at > s.opened_at) ORDER BY n.from_at DESC LIMIT 1) AS "noticeVersion",
      c.id AS "channelId", c.name AS "channelName", p.id AS "placementId", p.name AS "placementName"
    FROM consult_sessions s JOIN channels c ON c.id = s.channel_id LEFT JOIN placements p ON p.code = s.extra
    WHERE s.organization_id = damso_organization() AND s.id = ${id}::uuid`;
  return row ?? null;
}

function holdsOn(tx: Tx, id: string): Promise<HoldOn[]> {
  return tx.$queryRaw<HoldOn[]>`
    SELECT h.id, h.number, h.scope, h.title, h.placed_at AS "placedAt", p.name AS "placedBy"
    FROM held_sessions x JOIN active_holds h ON h.id = x.hold_id LEFT JOIN persons p ON p.id = h.placed_by
    WHERE x.session_id = ${id}::uuid ORDER BY h.number LIMIT 20`;
}

function marksOn(tx: Tx, id: string): Promise<MarkOn[]> {
  return tx.$queryRaw<MarkOn[]>`
    SELECT m.id, m.kind, m.category, to_char(m."on", 'YYYY-MM-DD') AS "on", m.at, p.name
    FROM session_marks m LEFT JOIN persons p ON p.id = m.person_id
    WHERE m.organization_id = damso_organization() AND m.session_id = ${id}::uuid ORDER BY m.at DESC, m.id DESC LIMIT ${shown.marks}`;
}

function accessesOf(tx: Tx, id: string): Promise<LookOn[]> {
  return tx.$queryRaw<LookOn[]>`
    SELECT a.id, a.at, a.action, a.purpose, p.name FROM access_records a LEFT JOIN persons p ON p.id::text = a.actor_id
    WHERE a.organization_id = damso_organization() AND a.session_id = ${id}::uuid ORDER BY a.at DESC, a.id DESC LIMIT ${shown.accesses}`;
}

/** On the channel's block list by user_key, and not taken off it. */
async function ownLook(tx: Tx, actor: PersonActor, sessionId: string, now: Date): Promise<OpenLookFacts | null> {
  const look = await tx.look.findFirst({
    where: { sessionId, personId: actor.personId, signInId: actor.signInId, closedAt: null, until: { gt: now } },
    orderBy: { at: "desc" },
  });
  if (!look || !isOpenLook(look, actor, now)) return null;
  const purpose = await tx.viewPurpose.findFirst({ where: { id: look.purposeId } });
  const { id, reason, at, until, unmaskedAt } = look;
  return purpose && { id, purpose: purpose.name, mayUnmask: purpose.unmask, reason, at, until, unmaskedAt };
}
