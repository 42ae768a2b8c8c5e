// For the tests of the archive: a company whose dealer brings consultations, with policies and holds put in as the owner.
import { randomUUID } from "node:crypto";
import pg from "pg";
import type { DealerActor, JobActor } from "@/lib/auth/actor";
import { ingestEvents } from "@/lib/transcripts/commands/ingest-events";
import type { ConsultEvent } from "@/lib/transcripts/schema";

export type ArchiveCompany = Awaited<ReturnType<typeof openArchive>>;

/** Opens it in the test file's own database. The caller ends `owner`. */
export async function openArchive() {
  const owner = new pg.Client({ connectionString: process.env.DATABASE_URL, options: "-c timezone=UTC" });
  await owner.connect();
  const [organizationId, channelId, connectionId, personId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  await owner.query("INSERT INTO organizations (id, slug, name) VALUES ($1, $2, '한결생활')", [
    ...[organizationId, `archive-${organizationId}`],
  ]);
  await owner.query("INSERT INTO channels (id, organization_id, search_id, name) VALUES ($1, $2, 'archive', '한결')", [
    ...[channelId, organizationId],
  ]);
  await owner.query(
    "INSERT INTO dealer_connections (id, organization_id, channel_id, format, created_by) VALUES ($1, $2, $3, 'canonical', 'test')",
    [connectionId, organizationId, channelId],
  );
  const dealer: DealerActor = { kind: "dealer", connectionId, organizationId, address: "192.0.2.9" };
  const job: JobActor = { kind: "job", name: "reckoning", organizationId };
  let policies = 0;
  const versions = new Map<string, number>();
  const approve = async (policyId: string, count: number, unit: string, anchor: string, at: Date): Promise<void> => {
    const number = (versions.get(policyId) ?? 0) + 1;
    versions.set(policyId, number);
    await owner.query(
      `INSERT INTO policy_versions (organization_id, policy_id, number, count, unit, anchor, basis, text, hash, person_id)
       VALUES ($1, $2, $3, $4, $5, $6, 'pipa-15-1-4', '{}', $7, $8)`,
      [organizationId, policyId, number, count, unit, anchor, randomUUID(), personId],
    );
    await owner.query(
      "INSERT INTO policy_steps (organization_id, policy_id, kind, number, hash, person_id, at) VALUES ($1, $2, 'approved', $3, 'x', $4, $5)",
      [organizationId, policyId, number, personId, at],
    );
    await owner.query("UPDATE retention_settings SET epoch = epoch + 1 WHERE organization_id = $1", [organizationId]);
  };
  return {
    ...{ owner, organizationId, channelId, dealer, job, approve },
    /** A policy with its first version approved at `at`. @returns its id */
    policy: async (count: number, unit: string, at: Date, more: { category?: string; anchor?: string } = {}) => {
      policies += 1;
      const id = randomUUID();
      await owner.query(
        "INSERT INTO retention_policies (id, organization_id, number, name, category, created_by) VALUES ($1, $2, $3, 'p', $4, $5)",
        [id, organizationId, policies, more.category ?? null, personId],
      );
      await approve(id, count, unit, more.anchor ?? "session-end", at);
      return id;
    },
    /** A consultation in which `text` was said, ended where `endedAt` says so. @returns its id */
    consult: async (text: string, at: Date, endedAt: Date | null, externalId: string = randomUUID()) => {
      const event = (kind: ConsultEvent["kind"], when: Date): ConsultEvent => ({
        ...{
          key: `${kind}:${externalId}`,
          digest: text,
          kind,
          sessionId: externalId,
          userKey: "MZjEVK4x18_V",
          at: when,
        },
        ...{ extra: null, entry: null, reason: null, direction: kind === "message" ? "in" : "note" },
        ...{ row: kind === "message" ? "text" : "ended", content: kind === "message" ? { text } : {} },
      });
      const events = [event("message", at), ...(endedAt ? [event("ended", endedAt)] : [])];
      const taken = await ingestEvents(dealer, channelId, events, at);
      const { rows } = await owner.query("SELECT id FROM consult_sessions WHERE channel_id = $1 AND external_id = $2", [
        ...[channelId, externalId],
      ]);
      return { id: (rows[0]?.id ?? "") as string, taken };
    },
    /** Places a hold on one session. @returns what releases it */
    hold: async (sessionId: string, at: Date) => {
      const id = randomUUID();
      await owner.query(
        `INSERT INTO holds (id, organization_id, number, scope, session_id, title, reason, owner_id, review_on, placed_by, placed_at)
         VALUES ($1, $2, (SELECT count(*) + 1 FROM holds), 'session', $3, '분쟁', '소송', $4, '2030-01-01', $4, $5)`,
        [id, organizationId, sessionId, personId, at],
      );
      return () =>
        owner.query(
          `INSERT INTO hold_releases (organization_id, hold_id, reason, hash, requested_by, outcome, closed_by, closed_at)
           VALUES ($1, $2, '끝남', 'x', $3, 'approved', $4, now())`,
          [organizationId, id, personId, randomUUID()],
        );
    },
    standing: async (sessionId: string) =>
      (
        await owner.query(
          `SELECT s.due_on::text AS due, s.promised_on::text AS promised, s.shelf, s.held_at IS NOT NULL AS held, s.waits_for AS waits, k.ring,
            (SELECT count(*)::int FROM messages m WHERE m.shelf = s.shelf AND m.session_id = s.id) AS messages
           FROM consult_sessions s LEFT JOIN session_keys k ON k.session_id = s.id WHERE s.id = $1`,
          [sessionId],
        )
      ).rows[0] as Standing | undefined,
  };
}

export type Standing = {
  due: string | null;
  promised: string | null;
  shelf: string;
  held: boolean;
  waits: string | null;
  ring: string;
  messages: number;
};
