// The product: the entry in the change's own transaction, the sealer running in the same process.
import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { startSealer } from "@/lib/audit/sealer";
import { verifyChain } from "@/lib/audit/verify";
import { change } from "@/lib/auth/door";
import { actor } from "../actor";
import { answerWith } from "../answer";

const stop = startSealer();

answerWith(
  async () => {
    await change(actor, "organization:settings", (_, record) =>
      record({ action: "audit.verified", target: { kind: "bench", id: randomUUID() }, body: { n: 1 } }),
    );
  },
  async () => {
    for (let attempt = 0; ; attempt += 1) {
      const found = await verifyChain(actor);
      if (found.fault) return `${found.fault.kind} at ${found.fault.seq}`;
      if (found.unsealed.count === 0) return null;
      if (attempt === 50) return `${found.unsealed.count} entries still unsealed`;
      await pause(100);
    }
  },
  stop,
);
