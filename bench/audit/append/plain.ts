// The plain way: each change links its own entry, so each waits for the lock of the one before.
import { createHash, randomUUID } from "node:crypto";
import { ingest } from "@/lib/auth/door";
import { actor } from "../actor";
import { answerWith } from "../answer";

answerWith(
  async () => {
    await ingest(actor, "organization:settings", async (tx) => {
      await tx.$queryRaw`SELECT pg_advisory_xact_lock(42)::text`;
      const [head] = await tx.$queryRaw<{ seq: bigint; hash: Uint8Array }[]>`SELECT seq, hash FROM bench_heads`;
      const text = JSON.stringify({ id: randomUUID(), action: "bench.done", at: Date.now() });
      const hash = createHash("sha256")
        .update(head?.hash ?? new Uint8Array())
        .update(text)
        .digest();
      await tx.$executeRaw`INSERT INTO bench_chain (seq, text, hash) VALUES (${Number(head?.seq ?? 0) + 1}::bigint, ${text}, ${Uint8Array.from(hash)})`;
      await tx.$executeRaw`UPDATE bench_heads SET seq = seq + 1, hash = ${Uint8Array.from(hash)}`;
    });
  },
  async () => null,
);
