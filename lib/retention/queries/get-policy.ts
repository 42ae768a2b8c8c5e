import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";
import type { Category, PolicyScope } from "../rules/categories";
import { type PolicyState, type PolicyStepKind, policyState, standingState } from "../rules/policy-approval";
import { type PolicyContent, readPolicyText } from "../rules/policy-content";
import type { PolicyVersionView, PolicyView, StandingView } from "../rules/policy-view";

/** At most so many versions and steps are shown; nobody saves more. */
const most = 200;

/** One policy with its versions, steps and standing approvals, or null: also for another organization's. @throws Forbidden */
export async function getPolicy(actor: Actor, id: string): Promise<PolicyView | null> {
  if (!z.uuid().safeParse(id).success) return null;
  return read(actor, "policy:read", async (tx) => {
    const found = await tx.retentionPolicy.findUnique({
      where: { id },
      include: {
        versions: { orderBy: { number: "desc" }, take: most },
        steps: { orderBy: [{ at: "desc" }, { id: "desc" }], take: most },
      },
    });
    const [newest] = found?.versions ?? [];
    if (!found || !newest) return null;
    const standing = await tx.standingApproval.findMany({
      where: { policyVersionId: { in: found.versions.map((one) => one.id) } },
      orderBy: [{ requestedAt: "desc" }, { id: "desc" }],
      take: most,
    });
    const channel = found.channelId
      ? await tx.channel.findUnique({ where: { id: found.channelId }, select: { name: true } })
      : null;
    const name = await namesIn(tx, [
      ...found.versions.map((one) => one.personId),
      ...found.steps.map((one) => one.personId),
      ...standing.flatMap((one) => [one.requestedBy, one.closedBy, one.endedBy]),
    ]);
    const approved = found.steps.find((step) => step.kind === "approved") ?? null;
    const state: PolicyState = policyState(found.version, found.steps);
    const versions = found.versions.map(
      (one): PolicyVersionView => ({
        ...{ id: one.id, number: one.number, hash: one.hash, at: one.at, by: name(one.personId) },
        content: readPolicyText(one.text),
      }),
    );
    const inForce = versions.find((one) => one.number === approved?.number);
    return {
      ...{ id, number: found.number, name: found.name, channelId: found.channelId, channelName: channel?.name ?? null },
      ...{ category: found.category as Category | null, scope: found.scope as PolicyScope, state, versions },
      ...{ version: found.version, hash: newest.hash, content: readPolicyText(newest.text) satisfies PolicyContent },
      inForce: inForce && approved ? { ...inForce, fromAt: approved.at, approvedBy: name(approved.personId) } : null,
      steps: found.steps.map(({ id: stepId, kind, number, hash, note, personId, at }) => ({
        ...{ id: stepId, kind: kind as PolicyStepKind, number, hash, note, personId, at, by: name(personId) },
      })),
      authorIds: [
        ...new Set(found.versions.filter((one) => one.number > (approved?.number ?? 0)).map((one) => one.personId)),
      ],
      standing: standing.map(
        (one): StandingView => ({
          ...{ id: one.id, hash: one.hash, state: standingState(one), requestedBy: one.requestedBy },
          number: found.versions.find((version) => version.id === one.policyVersionId)?.number ?? 0,
          ...{ by: name(one.requestedBy), at: one.requestedAt },
          ...{ closedBy: one.closedBy && name(one.closedBy), closedAt: one.closedAt },
          ...{ endedBy: one.endedBy && name(one.endedBy), endedAt: one.endedAt },
        }),
      ),
    };
  });
}

/** Names by id, in one query; "" for nobody we know. */
async function namesIn(tx: Tx, ids: readonly (string | null)[]): Promise<(id: string) => string> {
  const persons = await tx.person.findMany({
    where: { id: { in: [...new Set(ids.filter((id) => id !== null))] } },
    select: { id: true, name: true },
  });
  const names = new Map(persons.map((person) => [person.id, person.name]));
  return (id) => names.get(id) ?? "";
}
