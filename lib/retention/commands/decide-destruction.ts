// A destruction is asked for by one person and agreed to by another; who agreed does not run it.
import { type Actor, personOf } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import type { Permission } from "@/lib/auth/permissions";
import type { Tx } from "@/lib/db/client";
import { Refused } from "@/lib/errors";
import {
  assertFresh,
  assertMayCancel,
  assertMayDecide,
  assertMayRequest,
  assertMayStart,
  hex,
  type StepKind,
} from "../rules/destruction";
import { assertNothingPersonal } from "../rules/ledger";
import type {
  ApproveDestruction,
  RejectDestruction,
  StartDestruction,
  TakeDealerStep,
  TakeDestructionStep,
} from "../schema/destruction";
import { policyDigest } from "./destruction-facts";
import { type LockedRun, lockRun } from "./destruction-lock";

type Said = { destructionId: string; digest: string; note: string };

/** Asks for the approval of exactly what was looked at. @throws NotFound, Conflict, Refused */
export function requestDestruction(actor: Actor, said: TakeDestructionStep, now: Date): Promise<void> {
  return step(actor, "destruction:request", said, "requested", now, (run) => assertMayRequest(run, said.digest));
}

/** Agrees as a second person, bound to the digest. @throws NotFound; Conflict when changed or expired; Refused for who asked */
export function approveDestruction(actor: Actor, said: ApproveDestruction, now: Date): Promise<void> {
  return step(actor, "destruction:approve", said, "approved", now, async (run, tx) => {
    assertMayDecide(run, { personId: personOf(actor).personId, digest: said.digest }, said.guardSeen);
    assertSamePolicies(run, await policyDigest(tx));
  });
}

/** Declines with a reason. @throws as approveDestruction */
export function rejectDestruction(actor: Actor, said: RejectDestruction, now: Date): Promise<void> {
  return step(actor, "destruction:approve", said, "rejected", now, (run) =>
    assertMayDecide(run, { personId: personOf(actor).personId, digest: said.digest }, true),
  );
}

/** Gives it up before it has begun. @throws NotFound, Refused */
export function cancelDestruction(actor: Actor, said: TakeDestructionStep, now: Date): Promise<void> {
  return step(actor, "destruction:request", said, "cancelled", now, (run) => assertMayCancel(run));
}

/** Begins the run that was agreed to; a chore destroys batch by batch. The typed phrase names the count. @throws NotFound, Conflict, Refused */
export function startDestruction(actor: Actor, said: StartDestruction, now: Date): Promise<void> {
  return step(actor, "destruction:run", { ...said, note: "" }, "started", now, async (run, tx) => {
    assertMayStart(run, { personId: personOf(actor).personId, digest: said.digest }, said.phrase);
    assertSamePolicies(run, await policyDigest(tx));
  });
}

/** Writes down that the dealer was asked to delete its copy, or that it confirmed. @throws NotFound, Refused before anything was destroyed, twice */
export async function takeDealerStep(actor: Actor, said: TakeDealerStep, now: Date): Promise<void> {
  assertNothingPersonal({ note: said.note });
  await change(actor, "destruction:request", async (tx, record) => {
    const { organizationId, personId } = personOf(actor);
    const run = await lockRun(tx, said.destructionId, now);
    const has = (kind: StepKind) => run.steps.some((one) => one.kind === kind);
    if (run.state !== "finished" && run.state !== "stopped")
      throw new Refused("retention.destructions.refused.notOverYet");
    if (has("dealer-confirmed") || (said.kind === "dealer-asked" && has("dealer-asked")))
      throw new Refused("retention.destructions.refused.dealerDone");
    if (said.kind === "dealer-confirmed" && !has("dealer-asked"))
      throw new Refused("retention.destructions.refused.dealerNotAsked");
    const { id: destructionId, digest, number } = run;
    const note = JSON.stringify({ on: said.on, note: said.note });
    await tx.destructionStep.create({
      data: { organizationId, destructionId, kind: said.kind, digest, note, personId, at: now },
    });
    const target = { kind: "destruction", id: destructionId };
    const body = { number, on: said.on, note: hex(said.note) };
    await record(
      said.kind === "dealer-asked"
        ? { action: "destruction.dealer-asked", target, body }
        : { action: "destruction.dealer-confirmed", target, body },
    );
  });
}

function assertSamePolicies(run: LockedRun, policies: string): void {
  // A policy that was approved meanwhile makes the preview another one.
  assertFresh({ ...run, state: run.policyDigest === policies ? run.state : "expired" }, run.digest);
}

const actions = {
  requested: { action: "destruction.requested" },
  approved: { action: "destruction.approved" },
  rejected: { action: "destruction.rejected" },
  cancelled: { action: "destruction.cancelled" },
  started: { action: "destruction.started" },
} as const;

async function step(
  actor: Actor,
  permission: Permission,
  { destructionId, digest, note }: Said,
  kind: keyof typeof actions,
  now: Date,
  assert: (run: LockedRun, tx: Tx) => void | Promise<void>,
): Promise<void> {
  assertNothingPersonal({ note });
  await change(actor, permission, async (tx, record) => {
    const { organizationId, personId } = personOf(actor);
    const run = await lockRun(tx, destructionId, now);
    await assert(run, tx);
    await tx.destructionStep.create({ data: { organizationId, destructionId, kind, digest, note, personId, at: now } });
    await record({
      ...actions[kind],
      target: { kind: "destruction", id: destructionId },
      body: { number: run.number, digest: run.digest, sessions: run.sessions, files: run.files, guard: run.guard },
    });
  });
}
