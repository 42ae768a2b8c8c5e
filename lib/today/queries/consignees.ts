import type { Tx } from "@/lib/db/client";
import { differingSheets } from "@/lib/dealers/queries/list-consignees";
import type { Waiting } from "../rules";

/** Contracts whose consignees are named differently somewhere (guide 3-1; 개인정보 보호법 제26조 제2항), one line each. */
export async function waitingConsignees(tx: Tx, now: Date): Promise<Waiting[]> {
  const contracts = new Map<string, { number: string; channels: string[]; count: number }>();
  for (const { contractId, contractNumber, channel, comparison } of await differingSheets(tx, now)) {
    const { channels, count } = contracts.get(contractId) ?? { channels: [], count: 0 };
    contracts.set(contractId, {
      number: contractNumber,
      channels: [...channels, channel.name],
      count: count + comparison.findings.length,
    });
  }
  return [...contracts].map(([id, { number, channels, count }]) => ({
    id: `consignees:${id}`,
    group: "consignees",
    entry: "dealers",
    roles: ["COMPLIANCE_OFFICER", "CLIENT_ADMIN"],
    kind: "consigneeDiffers",
    values: { number, count, name: channels[0] ?? "", more: channels.length - 1 },
    subject: number,
    dueOn: null,
    href: `/dealers/contracts/${id}/consignees`,
  }));
}
