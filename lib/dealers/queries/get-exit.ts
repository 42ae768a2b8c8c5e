import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { type Day, kstDay } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import type { ContractView } from "../rules/contract-view";
import { endingDigest, pendingEnding, standingEnd } from "../rules/ending";
import { type ExitChannel, type ExitFacts, exitClosed, exitStates } from "../rules/exit";
import type { ExitView } from "../rules/exit-view";
import { exitChannels } from "./exit-channels";

/** Where a contract's way out stands. @throws Forbidden */
export function getExit(actor: Actor, contract: ContractView, now: Date): Promise<ExitView> {
  return read(actor, "contract:read", (tx) => exitView(tx, contract, now));
}

/** The same inside a transaction that is open already. */
export async function exitView(tx: Tx, contract: ContractView, now: Date): Promise<ExitView> {
  const standing = standingEnd(contract.endings);
  const asked = pendingEnding(contract.endings);
  const channels = await exitChannels(tx, contract.id, standing?.endsOn ?? kstDay(now));
  const affected = asked?.kind === "end" && asked.endsOn ? await exitChannels(tx, contract.id, asked.endsOn) : channels;
  const registerAt = await lastRegister(tx, contract.id);
  const marks = contract.exitMarks.filter((mark) => mark.endingId === standing?.id);
  const states = standing
    ? exitStates(factsOf(contract, standing.endsOn, channels, registerAt, now), marks, now)
    : null;
  return {
    standing,
    pending: asked && { ending: asked, digest: endingDigest(asked, affected), channels: affected },
    channels,
    states,
    closed: states !== null && exitClosed(states),
    registerAt,
  };
}

function factsOf(
  contract: ContractView,
  endsOn: Day,
  channels: readonly ExitChannel[],
  registerAt: Date | null,
  now: Date,
): ExitFacts {
  const today = kstDay(now);
  const reconsignments = contract.reconsignments.filter(
    (one) =>
      (one.withdrawnOn === null || one.withdrawnOn > today) && (one.validUntil === null || one.validUntil >= today),
  ).length;
  return { endsOn, service: contract.service, channels, reconsignments, registerAt };
}

async function lastRegister(tx: Tx, contractId: string): Promise<Date | null> {
  const event = await tx.auditEvent.findFirst({
    where: { targetId: contractId, action: "contract.register-exported", result: "ok" },
    orderBy: { at: "desc" },
    select: { at: true },
  });
  return event?.at ?? null;
}
