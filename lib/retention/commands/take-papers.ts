// The papers of a destruction that is over; that one was handed out is recorded before it leaves.
import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";
import { NotFound } from "@/lib/errors";
import type { CertificateFacts, CertificateRing, CertificateSum } from "../rules/certificate";
import type { RunStep } from "../rules/destruction-view";

/** What the certificate says. @throws Forbidden, NotFound also while the run is not over */
export function takeCertificate(actor: Actor, id: string): Promise<CertificateFacts> {
  return change(actor, "destruction:read", async (tx, record) => {
    const facts = await certificateFacts(tx, id);
    const { number, digest } = facts;
    await record({
      action: "destruction.certificate-taken",
      target: { kind: "destruction", id },
      body: { number, digest },
    });
    return facts;
  });
}

/** What the letter to the dealer says. @throws Forbidden, NotFound also while the run is not over or when it destroyed nothing */
export function takeDealerLetter(actor: Actor, id: string): Promise<CertificateFacts> {
  return change(actor, "destruction:request", async (tx, record) => {
    const facts = await certificateFacts(tx, id);
    if (facts.sums.length === 0) throw new NotFound();
    const { number, digest } = facts;
    await record({
      action: "destruction.dealer-letter-taken",
      target: { kind: "destruction", id },
      body: { number, digest },
    });
    return facts;
  });
}

type Head = Pick<
  CertificateFacts,
  "company" | "number" | "kind" | "dueThrough" | "preparedByName" | "preparedAt" | "previewDigest" | "backupDays"
>;

async function certificateFacts(tx: Tx, id: string): Promise<CertificateFacts> {
  if (!z.uuid().safeParse(id).success) throw new NotFound();
  const [head] = await tx.$queryRaw<Head[]>`
    SELECT o.name AS company, d.number, d.kind, d.due_through::text AS "dueThrough", p.name AS "preparedByName", d.prepared_at AS "preparedAt",
      d.digest AS "previewDigest", r.backup_days AS "backupDays"
    FROM destructions d JOIN organizations o ON o.id = d.organization_id JOIN retention_settings r ON r.organization_id = d.organization_id
    LEFT JOIN persons p ON p.id = d.prepared_by WHERE d.organization_id = damso_organization() AND d.id = ${id}::uuid`;
  const steps = await tx.$queryRaw<RunStep[]>`
    SELECT s.kind, s.person_id AS "personId", p.name, s.digest, s.note, s.at FROM destruction_steps s LEFT JOIN persons p ON p.id = s.person_id
    WHERE s.organization_id = damso_organization() AND s.destruction_id = ${id}::uuid ORDER BY s.at, s.id`;
  if (!head || !steps.some(({ kind }) => kind === "finished" || kind === "stopped")) throw new NotFound();
  const [items] = await tx.$queryRaw<Pick<CertificateFacts, "held" | "pending" | "digest">[]>`
    SELECT count(*) FILTER (WHERE state = 'held')::int AS held, count(*) FILTER (WHERE state = 'pending')::int AS pending,
      encode(sha256(convert_to(coalesce(string_agg(subject_id::text, E'\n' ORDER BY subject_id) FILTER (WHERE state = 'destroyed'), ''), 'UTF8')), 'hex') AS digest
    FROM destruction_items WHERE organization_id = damso_organization() AND destruction_id = ${id}::uuid`;
  const ledger = await tx.ledgerEntry.findFirst({
    where: { destructionId: id },
    select: { number: true, count: true, digest: true, backupNote: true },
  });
  const { held = 0, pending = 0, digest = "" } = items ?? {};
  return {
    ...{ ...head, steps, held, pending, digest, ledger },
    ...{ sums: await sumsOf(tx, id), policies: await policiesOf(tx, id), rings: await ringsOf(tx, id) },
  };
}

function sumsOf(tx: Tx, id: string): Promise<CertificateSum[]> {
  return tx.$queryRaw<CertificateSum[]>`
    SELECT c.name AS channel, c.search_id AS "searchId", i.category, count(*) FILTER (WHERE i.kind = 'session')::int AS sessions,
      sum(i.files)::int AS files, sum(i.messages)::int AS messages, min(i.opened_on)::text AS "madeFrom", max(i.opened_on)::text AS "madeTo"
    FROM destruction_items i JOIN channels c ON c.id = i.channel_id
    WHERE i.organization_id = damso_organization() AND i.destruction_id = ${id}::uuid AND i.state = 'destroyed'
    GROUP BY c.id, c.name, c.search_id, i.category ORDER BY c.name, c.id, i.category`;
}

function policiesOf(tx: Tx, id: string): Promise<CertificateFacts["policies"][number][]> {
  return tx.$queryRaw<CertificateFacts["policies"][number][]>`
    SELECT DISTINCT p.name, v.number, v.hash FROM destruction_items i JOIN policy_versions v ON v.id = i.policy_version_id
    JOIN retention_policies p ON p.id = v.policy_id
    WHERE i.organization_id = damso_organization() AND i.destruction_id = ${id}::uuid AND i.state = 'destroyed' ORDER BY p.name, v.number, v.hash`;
}

/** A ring's name is used once, so its destruction is the one that this run's keys saw. */
function ringsOf(tx: Tx, id: string): Promise<CertificateRing[]> {
  return tx.$queryRaw<CertificateRing[]>`
    SELECT r.ring AS name, r.items, d.file_gone_at AS "goneAt", coalesce(d.fingerprint, '') AS fingerprint,
      ((SELECT count(*) FROM session_keys k WHERE k.organization_id = damso_organization() AND k.ring = r.ring)
        + (SELECT count(*) FROM file_keys k WHERE k.organization_id = damso_organization() AND k.ring = r.ring))::int AS "left"
    FROM (SELECT ring, count(*)::int AS items FROM destruction_items WHERE organization_id = damso_organization() AND destruction_id = ${id}::uuid
        AND state = 'destroyed' AND ring <> '' GROUP BY ring) r
    LEFT JOIN LATERAL (SELECT file_gone_at, fingerprint FROM ring_destructions x WHERE x.organization_id = damso_organization() AND x.name = r.ring
      ORDER BY x.at DESC LIMIT 1) d ON true ORDER BY r.ring`;
}
