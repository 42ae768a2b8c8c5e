import { z } from "zod";
import { type Actor, personOf } from "@/lib/auth/actor";
import { change, read } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";
import { userHandle } from "@/lib/keyring";
import { cutPage, pageLength, placeCursor, readPlace } from "@/lib/keyset";
import { Prisma } from "@/prisma/generated/client";
import {
  type ConsentKind,
  type ConsentStanding,
  type ConsentWay,
  consentStanding,
  consentWords,
} from "../rules/consent";
import type { ConsentProof, ConsentRow } from "../rules/consent-view";
import type { FindConsents } from "../schema/consent";
import { standings } from "./consent-forms";

/** Where a page begins: instant and id of an answer. */
const cursorSchema = z.tuple([z.iso.datetime(), z.uuid()]);

export type ConsentFilter = { formId?: string; standing?: ConsentStanding; after?: string | null };

/** Newest answers of users, the latest first, in pages. @throws Forbidden */
export function listConsents(
  actor: Actor,
  { formId, standing, after = null }: ConsentFilter,
): Promise<{ items: ConsentRow[]; next: string | null }> {
  return read(actor, "consent:read", async (tx) => {
    if (formId !== undefined && !z.uuid().safeParse(formId).success) return { items: [], next: null };
    const from = readPlace(after, cursorSchema);
    const of = formId ? Prisma.sql`c.form_id = ${formId}::uuid` : Prisma.sql`TRUE`;
    const where = [
      Prisma.sql`TRUE`,
      ...(standing ? [Prisma.sql`t.standing = ${standing}`] : []),
      ...(from ? [Prisma.sql`(t.at, t.id) < (${from[0]}::timestamptz, ${from[1]}::uuid)`] : []),
    ];
    const rows = await rowsOf(
      tx,
      Prisma.sql`WITH t AS (${standings(of)}) SELECT t.id, t.standing FROM t WHERE ${Prisma.join(where, " AND ")} ORDER BY t.at DESC, t.id DESC LIMIT ${pageLength + 1}`,
    );
    return cutPage(rows, { back: false, cursor: from }, ({ at, id }) => placeCursor([at.toISOString(), id]));
  });
}

/** Everything that one user of a channel ever answered; the search is recorded with the keyed handle. @throws Forbidden */
export function findConsents(actor: Actor, { channelId, userKey }: FindConsents): Promise<ConsentRow[]> {
  return change(actor, "consent:read", async (tx, record) => {
    const { organizationId } = personOf(actor);
    const handle = userHandle(organizationId, channelId, userKey);
    const rows = await rowsOf(
      tx,
      Prisma.sql`SELECT c.id, NULL AS standing FROM consents c WHERE c.channel_id = ${channelId}::uuid AND c.user_handle = ${handle} ORDER BY c.at DESC, c.id DESC LIMIT 200`,
    );
    await record({
      action: "consent.found",
      target: { kind: "channel", id: channelId },
      subject: handle.toString("hex"),
      body: { count: rows.length },
    });
    return rows;
  });
}

type Found = Omit<ConsentRow, "form" | "standing"> & {
  formId: string;
  number: number;
  name: string;
  given: boolean;
  current: number | null;
};

async function rowsOf(tx: Tx, chosen: Prisma.Sql): Promise<ConsentRow[]> {
  const rows = await tx.$queryRaw<Found[]>`
    WITH chosen AS MATERIALIZED (${chosen})
    SELECT c.id, c.form_id AS "formId", f.number, f.name, v.number AS version, h.name AS "channelName", encode(c.user_handle, 'hex') AS handle,
      c.session_id AS "sessionId", c.how, c.at, c.given, w.at AS "withdrawnAt", a.number AS current
    FROM chosen t JOIN consents c ON c.id = t.id JOIN consent_forms f ON f.id = c.form_id JOIN consent_versions v ON v.id = c.version_id
    JOIN channels h ON h.id = c.channel_id LEFT JOIN consent_withdrawals w ON w.consent_id = c.id
    LEFT JOIN LATERAL (SELECT s.number FROM consent_steps s WHERE s.form_id = c.form_id AND s.kind = 'approved' ORDER BY s.at DESC LIMIT 1) a ON true
    ORDER BY c.at DESC, c.id DESC`;
  return rows.map(
    ({ formId, number, name, given, current, ...row }): ConsentRow => ({
      ...row,
      form: { id: formId, number, name },
      standing: consentStanding({ given, version: row.version, withdrawnAt: row.withdrawnAt }, current),
    }),
  );
}

/** The proof of one answer, or null. @throws Forbidden */
export function getConsent(actor: Actor, id: string): Promise<ConsentProof | null> {
  return read(actor, "consent:read", async (tx) => {
    if (!z.uuid().safeParse(id).success) return null;
    const [row] = await rowsOf(tx, Prisma.sql`SELECT ${id}::uuid AS id, NULL AS standing`);
    const consent = await tx.consent.findUnique({
      where: { id },
      include: {
        version: true,
        withdrawals: true,
        form: { include: { steps: { where: { kind: "approved" }, orderBy: { at: "desc" } } } },
      },
    });
    if (!row || !consent) return null;
    const approval = consent.form.steps.find(({ number, at }) => number === consent.version.number && at <= consent.at);
    const [withdrawal] = consent.withdrawals;
    const persons = await tx.person.findMany({
      where: {
        id: { in: [consent.personId, approval?.personId, withdrawal?.personId].filter((one) => one !== undefined) },
      },
      select: { id: true, name: true },
    });
    const name = (personId: string | undefined) => persons.find((person) => person.id === personId)?.name ?? "";
    const others = await rowsOf(
      tx,
      Prisma.sql`SELECT c.id, NULL AS standing FROM consents c WHERE c.channel_id = ${consent.channelId}::uuid
        AND c.user_handle = ${consent.userHandle} AND c.id <> ${id}::uuid ORDER BY c.at DESC LIMIT 100`,
    );
    const [left] = await tx.$queryRaw<{ stored: number; held: number }[]>`
      SELECT count(*)::int AS stored, count(h.session_id)::int AS held FROM consult_sessions s
      LEFT JOIN (SELECT DISTINCT session_id FROM held_sessions) h ON h.session_id = s.id
      WHERE s.channel_id = ${consent.channelId}::uuid AND s.user_handle = ${consent.userHandle}`;
    return {
      ...row,
      ...{ kind: consent.form.kind as ConsentKind, guardian: consent.guardian, hash: consent.version.hash },
      ...{ message: approval?.sent ?? "", words: consentWords(consent.version) },
      ...{ approvedBy: name(approval?.personId), approvedAt: approval?.at ?? consent.version.at },
      ...{ recordedBy: name(consent.personId), recordedAt: consent.recordedAt },
      withdrawal: withdrawal
        ? { how: withdrawal.how as ConsentWay, note: withdrawal.note, at: withdrawal.at, by: name(withdrawal.personId) }
        : null,
      ...{ stored: left?.stored ?? 0, held: left?.held ?? 0, others },
    };
  });
}
