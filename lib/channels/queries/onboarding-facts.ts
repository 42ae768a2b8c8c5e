import type { Day } from "@/lib/clock";
import { toDay } from "@/lib/day-column";
import type { Tx } from "@/lib/db/client";
import { clauseGaps } from "@/lib/dealers/rules/clauses";
import { termEndOf } from "@/lib/dealers/rules/contract-term";
import type { MarkFact, OnboardingFacts } from "../rules/onboarding";
import type { ContractFact, ReconsignmentFact } from "../rules/register-facts";
import { newestAnswers } from "./check-answers";
import { portalAnswersOf } from "./portal-answers";

/** The newest mark of an item with who made it. */
export type KeptMark = MarkFact & { channelId: string; personId: string; fileId: string | null; note: string };

/**
 * What the onboarding items of many channels follow from, by channel. The number of queries does not depend on how many there are;
 * a channel that is not this organization's is left out.
 * @param today KST: terms of contracts run by it
 */
export async function onboardingFacts(
  tx: Tx,
  channelIds: readonly string[],
  today: Day,
): Promise<Map<string, OnboardingFacts>> {
  const ids = [...channelIds];
  if (ids.length === 0) return new Map();
  const channels = await tx.channel.findMany({
    where: { id: { in: ids } },
    select: { id: true, dealer: true, categoryCode: true },
  });
  const marks = byChannel(await newestMarksOf(tx, ids));
  const answers = await newestAnswers(tx, ids);
  const known = await portalAnswersOf(tx, ids, today);
  const contracts = byChannel(await contractsOf(tx, ids, today));
  const letters = byChannel(await lettersOf(tx, ids));
  const placements = await tx.placement.groupBy({
    by: ["channelId"],
    where: { channelId: { in: ids }, retirement: null },
    _count: { _all: true },
  });
  const rehearsals = byChannel(await rehearsalsOf(tx, ids));
  const counts = new Map(placements.map((row) => [row.channelId, row._count._all]));
  return new Map(
    channels.map(({ id, dealer, categoryCode }) => [
      id,
      {
        ...{
          dealer,
          categoryCode,
          marks: marks.get(id) ?? [],
          answers: [...(answers.get(id) ?? []), ...(known.get(id) ?? [])],
        },
        ...{ contracts: contracts.get(id) ?? [], reconsignments: letters.get(id) ?? [] },
        placements: counts.get(id) ?? 0,
        rehearsal: rehearsals.get(id)?.[0] ?? null,
      },
    ]),
  );
}

/** The newest mark of each item of each channel. */
export function newestMarksOf(tx: Tx, channelIds: readonly string[]): Promise<KeptMark[]> {
  return tx.$queryRaw<KeptMark[]>`
    SELECT DISTINCT ON (channel_id, item) id, channel_id AS "channelId", item, kind, note, at, renew_on::text AS "renewOn",
      file_id AS "fileId", person_id AS "personId"
    FROM onboarding_marks WHERE channel_id = ANY(${channelIds}::uuid[]) ORDER BY channel_id, item, at DESC`;
}

/** The newest finished rehearsal of each channel, against what it would be walked with now. */
function rehearsalsOf(tx: Tx, channelIds: string[]): Promise<{ channelId: string; id: string; fresh: boolean }[]> {
  return tx.$queryRaw`
    SELECT DISTINCT ON (r.channel_id) r.channel_id AS "channelId", r.id,
      r.bound = jsonb_build_object('notice', b.notice, 'policies', b.policies, 'placements', b.placements, 'scenario', b.scenario) AS fresh
    FROM rehearsals r JOIN rehearsal_bounds b ON b.channel_id = r.channel_id
    WHERE r.channel_id = ANY(${channelIds}::uuid[]) AND r.outcome = 'finished' ORDER BY r.channel_id, r.ended_at DESC`;
}

async function contractsOf(
  tx: Tx,
  channelIds: string[],
  today: Day,
): Promise<(ContractFact & { channelId: string })[]> {
  const covers = await tx.contractChannel.findMany({ where: { channelId: { in: channelIds } } });
  const contracts = await tx.contract.findMany({
    where: { id: { in: [...new Set(covers.map((cover) => cover.contractId))] } },
    include: { steps: true, clauses: true, endings: { where: { outcome: "approved" }, orderBy: { closedAt: "desc" } } },
  });
  const known = new Map(contracts.map((contract) => [contract.id, contract]));
  return covers.flatMap((cover) => {
    const contract = known.get(cover.contractId);
    if (!contract) return [];
    const [turn] = contract.endings;
    const startsOn = toDay(contract.startsOn);
    return [
      {
        channelId: cover.channelId,
        ...{ id: contract.id, dealer: contract.dealer, service: contract.service, consignment: contract.consignment },
        ...{ version: contract.version, steps: contract.steps, startsOn },
        termEndsOn: termEndOf({ ...contract, startsOn, endsOn: toDay(contract.endsOn) }, today),
        endsOn: turn?.kind === "end" ? toDay(turn.endsOn) : null,
        ...{ fromOn: toDay(cover.fromOn), untilOn: toDay(cover.untilOn) },
        clausesMissing: clauseGaps(contract.clauses).filter((gap) => gap.reason !== "noPlace").length,
      },
    ];
  });
}

async function lettersOf(tx: Tx, channelIds: string[]): Promise<(ReconsignmentFact & { channelId: string })[]> {
  const letters = await tx.reconsignment.findMany({
    where: { channelId: { in: channelIds } },
    include: { contract: { select: { dealer: true } } },
  });
  return letters.map(({ id, channelId, contractId, fileId, contract, ...letter }) => ({
    ...{ id, channelId, contractId, fileId, dealer: contract.dealer },
    ...{ validFrom: toDay(letter.validFrom), validUntil: toDay(letter.validUntil) },
    withdrawnOn: toDay(letter.withdrawnOn),
  }));
}

function byChannel<T extends { channelId: string }>(rows: readonly T[]): Map<string, T[]> {
  const grouped = new Map<string, T[]>();
  for (const row of rows) {
    const held = grouped.get(row.channelId);
    if (held) held.push(row);
    else grouped.set(row.channelId, [row]);
  }
  return grouped;
}
