// The limit: the hashes alone, in one statement, without a MAC.
import { ingest } from "@/lib/auth/door";
import { actor } from "../actor";
import { answerWith } from "../answer";

answerWith(
  async () => {
    const [row] = await ingest(
      actor,
      "organization:settings",
      (tx) => tx.$queryRaw<{ wrong: bigint }[]>`
        SELECT count(*) FILTER (WHERE hash <> sha256(coalesce(before, damso_audit_root(${actor.organizationId}::uuid)) || digest)) AS wrong
        FROM (SELECT l.hash, lag(l.hash) OVER (ORDER BY l.seq) AS before, damso_audit_digest(e) AS digest
          FROM audit_links l JOIN audit_events e ON e.id = l.event_id) c`,
    );
    if (Number(row?.wrong ?? 1) !== 0) throw new Error("the chain is broken");
  },
  async () => null,
);
