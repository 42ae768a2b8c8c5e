// The limit: the same transaction through the same door, its entry neither sealed nor signed.
import { randomUUID } from "node:crypto";
import { ingest } from "@/lib/auth/door";
import { actor } from "../actor";
import { answerWith } from "../answer";

answerWith(
  async () => {
    await ingest(
      actor,
      "organization:settings",
      (tx) => tx.$executeRaw`INSERT INTO bench_events
        (id, organization_id, at, actor_kind, actor_id, address, subject, action, target_kind, target_id, result, reason, body, mac)
        VALUES (${randomUUID()}::uuid, ${actor.organizationId}::uuid, clock_timestamp(), 'operator', 'bench', 'local', '', 'bench.done', 'bench', ${randomUUID()}, 'ok', '', '{"n":1}', ${new Uint8Array(32)})`,
    );
  },
  async () => null,
);
