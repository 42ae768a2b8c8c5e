import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { type ContractContent, type Difference, differencesOf, readContractText } from "../rules/contract-content";

export type ApprovalComparison = {
  /** The approved version that the newest one is compared with; null before the first approval. */
  approved: number | null;
  differences: Difference[];
  /** Names of channels that stand in either of them, by id. */
  channelNames: Record<string, string>;
};

/** What the newest version of a contract says that its newest approved version does not; null when there is no such contract. */
export async function getApproval(actor: Actor, contractId: string): Promise<ApprovalComparison | null> {
  if (!z.uuid().safeParse(contractId).success) return null;
  return read(actor, "contract:read", async (tx) => {
    const newest = await tx.contractVersion.findFirst({ where: { contractId }, orderBy: { number: "desc" } });
    if (!newest) return null;
    const step = await tx.contractStep.findFirst({
      where: { contractId, kind: "approved" },
      orderBy: [{ at: "desc" }, { id: "desc" }],
    });
    const before = step
      ? await tx.contractVersion.findUnique({ where: { contractId_number: { contractId, number: step.number } } })
      : null;
    if (!before) return { approved: null, differences: [], channelNames: {} };
    const [was, is] = [readContractText(before.text), readContractText(newest.text)];
    const channels = await tx.channel.findMany({
      where: { id: { in: [...idsOf(was), ...idsOf(is)] } },
      select: { id: true, name: true },
    });
    return {
      approved: before.number,
      differences: differencesOf(was, is),
      channelNames: Object.fromEntries(channels.map(({ id, name }) => [id, name])),
    };
  });
}

const idsOf = ({ channels }: ContractContent) => channels.map((one) => one.channelId);
