// What an approval of a policy's newest version would do to what is stored: reckoned by the database in one pass, as lib/retention/rules/reckon does it.
import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { kstDay } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/prisma/generated/client";
import { type EffectGroup, type PolicyEffect, sumEffect } from "../rules/policy-effect";

type Version = {
  count: number;
  unit: string;
  anchor: string;
  channelId: string | null;
  category: string | null;
  scope: string;
};

/**
 * When stored sessions (of a file policy: files) would be due, now and with the newest version in force.
 * Nothing is read of a session but its days. Null: no such policy. @throws Forbidden
 */
export async function getPolicyEffect(actor: Actor, policyId: string, now: Date): Promise<PolicyEffect | null> {
  if (!z.uuid().safeParse(policyId).success) return null;
  return read(actor, "policy:read", async (tx) => {
    const [version] = await tx.$queryRaw<Version[]>`
      SELECT v.count, v.unit, v.anchor, p.channel_id AS "channelId", p.category, p.scope
      FROM retention_policies p JOIN policy_versions v ON v.policy_id = p.id AND v.number = p.version WHERE p.id = ${policyId}::uuid`;
    if (!version) return null;
    const groups = version.scope === "file" ? await ofFiles(tx, version, now) : await ofSessions(tx, version, now);
    return sumEffect(groups, kstDay(now));
  });
}

/** The sessions that the policy is about, with the days on which periods are anchored. */
function aboutSessions({ channelId, category }: Version, now: Date): Prisma.Sql {
  const conditions = [Prisma.sql`TRUE`];
  if (channelId) conditions.push(Prisma.sql`s.channel_id = ${channelId}::uuid`);
  if (category) conditions.push(everWas(category));
  return Prisma.sql`
    SELECT s.*, (s.ended <= ${now}) AS over FROM (
      SELECT s.id, s.organization_id, s.channel_id, s.category, s.opened_at, s.due_on, s.promised_on, s.case_closed_on, s.transaction_on, s.last_message_at,
        s.reckoned, least(s.ended_at, date_trunc('hour', coalesce(s.last_user_message_at, s.opened_at)) + interval '721 hours') AS ended
      FROM consult_sessions s WHERE ${Prisma.join(conditions, " AND ")}) s`;
}

/** A session that nobody has classified is general, and counts with every category that it ever had. */
function everWas(category: string): Prisma.Sql {
  if (category === "general") return Prisma.sql`TRUE`;
  return Prisma.sql`(s.category = ${category} OR s.id IN (SELECT m.session_id FROM session_marks m WHERE m.kind = 'category' AND m.category = ${category}))`;
}

const kst = (at: Prisma.Sql) => Prisma.sql`(${at} AT TIME ZONE 'Asia/Seoul')::date`;

/** The day from which a period counts, as SQL over a row `s` and an anchor; null while it is awaited. */
function anchored(anchor: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`CASE WHEN s.over THEN CASE ${anchor} WHEN 'case-closed' THEN s.case_closed_on WHEN 'transaction-ended' THEN s.transaction_on
    WHEN 'last-message' THEN ${kst(Prisma.sql`coalesce(s.last_message_at, s.ended)`)} ELSE ${kst(Prisma.sql`s.ended`)} END END`;
}

/** A day plus a period; months are clipped to their last day as PostgreSQL clips them. */
function plus(day: Prisma.Sql, count: Prisma.Sql, unit: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(${day} + CASE ${unit} WHEN 'days' THEN make_interval(days => ${count}) WHEN 'years' THEN make_interval(years => ${count})
    ELSE make_interval(months => ${count}) END)::date`;
}

/** Versions that were or are in force, and what each says of a row `s`. */
function saidOf(scope: string, now: Date, own: (term: Prisma.Sql) => Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    SELECT count(*) AS terms, bool_or(w.on_day IS NULL) AS waits, max(${plus(Prisma.sql`w.on_day`, Prisma.sql`w.count`, Prisma.sql`w.unit`)}) AS due
    FROM (SELECT t.count, t.unit, ${own(Prisma.sql`t.anchor`)} AS on_day FROM terms t
      WHERE t.scope = ${scope} AND (t.channel_id IS NULL OR t.channel_id = s.channel_id) AND t.from_at <= ${now} AND (t.until_at IS NULL OR t.until_at > s.opened_at)
        AND (t.category IS NULL OR t.category IN ('general', s.category)
          OR EXISTS (SELECT 1 FROM session_marks m WHERE m.organization_id = s.organization_id AND m.session_id = s.id AND m.kind = 'category' AND m.category = t.category))) w`;
}

const terms = Prisma.sql`terms AS MATERIALIZED (SELECT * FROM policy_terms), setting AS MATERIALIZED (SELECT epoch FROM retention_settings)`;
const month = (day: Prisma.Sql) => Prisma.sql`to_char(${day}, 'YYYY-MM')`;
const grouped = Prisma.sql`
  SELECT ${month(Prisma.sql`was`)} AS before, ${month(Prisma.sql`will`)} AS after, (stale IS TRUE) AS stale,
    CASE WHEN was IS NULL AND will IS NULL THEN 'undated' WHEN was IS NULL THEN 'dated' WHEN will IS NULL THEN 'awaited'
      WHEN will > was THEN 'later' WHEN will < was THEN 'earlier' WHEN word < will THEN 'promised' ELSE 'same' END AS kind,
    count(*)::int AS count, (count(*) FILTER (WHERE will < today))::int AS "dueAtOnce"
  FROM judged GROUP BY 1, 2, 3, 4`;

async function ofSessions(tx: Tx, version: Version, now: Date): Promise<EffectGroup[]> {
  const word = plus(
    anchored(Prisma.sql`${version.anchor}`),
    Prisma.sql`${version.count}::int`,
    Prisma.sql`${version.unit}`,
  );
  // What was reckoned in this epoch has its day in its row; only the others are reckoned here.
  return tx.$queryRaw<EffectGroup[]>`
    WITH ${terms}, about AS (${aboutSessions(version, now)}),
    worded AS (
      SELECT s.promised_on, s.due_on, ${word} AS word, (s.due_on IS NULL OR s.reckoned <> (SELECT epoch FROM setting)) AS stale, old.*
      FROM about s LEFT JOIN LATERAL (${saidOf("text", now, (anchor) => anchored(anchor))}) old
        ON s.due_on IS NULL OR s.reckoned <> (SELECT epoch FROM setting)),
    reckoned AS (
      SELECT word, stale AND due_on IS NOT NULL AS stale, stale AND waits IS TRUE AS waiting, promised_on,
        CASE WHEN NOT stale THEN due_on WHEN terms > 0 AND NOT waits THEN greatest(due, promised_on) END AS was FROM worded),
    judged AS (
      SELECT was, word, stale, CASE WHEN word IS NULL OR waiting THEN NULL ELSE greatest(was, word, promised_on) END AS will, ${kstDay(now)}::date AS today FROM reckoned)
    ${grouped}`;
}

async function ofFiles(tx: Tx, version: Version, now: Date): Promise<EffectGroup[]> {
  const own = (anchor: Prisma.Sql) =>
    Prisma.sql`CASE ${anchor} WHEN 'received' THEN ${kst(Prisma.sql`a.received_at`)} ELSE ${anchored(anchor)} END`;
  const word = plus(own(Prisma.sql`${version.anchor}`), Prisma.sql`${version.count}::int`, Prisma.sql`${version.unit}`);
  return tx.$queryRaw<EffectGroup[]>`
    WITH ${terms}, about AS (${aboutSessions(version, now)}),
    worded AS (
      SELECT s.due_on AS session_due, s.reckoned <> (SELECT epoch FROM setting) AS stale, ${word} AS word, old.*
      FROM attachments a JOIN about s ON s.organization_id = a.organization_id AND s.id = a.session_id
      CROSS JOIN LATERAL (${saidOf("file", now, own)}) old WHERE a.state = 'kept'),
    judged AS (
      SELECT CASE WHEN terms = 0 OR waits THEN session_due ELSE least(due, session_due) END AS was, word, stale,
        CASE WHEN word IS NULL OR waits IS TRUE THEN session_due ELSE least(greatest(due, word), session_due) END AS will, ${kstDay(now)}::date AS today FROM worded)
    ${grouped}`;
}
