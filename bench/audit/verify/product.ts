import { verifyChain } from "@/lib/audit/verify";
import { actor } from "../actor";
import { answerWith } from "../answer";

answerWith(
  async () => {
    const { sound, unsealed } = await verifyChain(actor);
    if (!sound || unsealed.count > 0) throw new Error("the chain is broken");
  },
  async () => null,
);
