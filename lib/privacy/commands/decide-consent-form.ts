import { type Actor, personOf } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import type { Permission } from "@/lib/auth/permissions";
import type { Tx } from "@/lib/db/client";
import { Conflict, Refused } from "@/lib/errors";
import { assertMayDecideConsent, assertMaySubmitConsent } from "../rules/consent";
import type { DecideConsent, SubmitConsent } from "../schema/consent";
import { assertAsked, consentMessageToday, type LockedForm, lockForm } from "./consent-lock";

/** Asks for the approval of the version whose hash was looked at. @throws NotFound, Conflict, Refused beside a field that no longer fits */
export async function submitConsent(actor: Actor, input: SubmitConsent, now: Date): Promise<void> {
  const act = { kind: "submitted", action: "consent-form.submitted" } as const;
  await step(actor, "consent-form:submit", act, input, now, async (tx, form) => {
    assertMaySubmitConsent(form.state);
    return consentMessageToday(tx, form, now);
  });
}

/** Takes a request back while nobody has decided. @throws NotFound, Conflict, Refused */
export async function withdrawConsentRequest(actor: Actor, input: SubmitConsent, now: Date): Promise<void> {
  const act = { kind: "withdrawn", action: "consent-form.withdrawn" } as const;
  await step(actor, "consent-form:submit", act, input, now, async (_tx, form) => {
    if (form.state !== "submitted") throw new Refused("privacy.consents.refused.notSubmitted");
    return null;
  });
}

/**
 * Approves the submitted version by its hash: it is asked from now on, with the period that holds today. A second person does it.
 * @throws NotFound, Conflict when another version was saved meanwhile, Refused
 */
export async function approveConsent(actor: Actor, input: DecideConsent, now: Date): Promise<void> {
  const act = { kind: "approved", action: "consent-form.approved" } as const;
  await step(actor, "consent-form:approve", act, input, now, async (tx, form) => {
    await assertDecider(tx, form, personOf(actor).personId);
    const sent = await consentMessageToday(tx, form, now);
    // What is agreed to is what was asked for: a policy that changed meanwhile changed the message.
    if (form.steps.find((one) => one.kind === "submitted")?.sent !== sent)
      throw new Conflict("privacy.consents.refused.moved");
    return sent;
  });
}

/** Sends the submitted version back with a reason. @throws as approveConsent */
export async function rejectConsent(actor: Actor, input: DecideConsent, now: Date): Promise<void> {
  const act = { kind: "rejected", action: "consent-form.rejected" } as const;
  await step(actor, "consent-form:approve", act, input, now, async (tx, form) => {
    await assertDecider(tx, form, personOf(actor).personId);
    return null;
  });
}

async function step(
  actor: Actor,
  permission: Permission,
  { kind, action }: { kind: string; action: `consent-form.${string}` },
  { formId, hash, note }: { formId: string; hash: string; note: string },
  now: Date,
  sentBy: (tx: Tx, form: LockedForm) => Promise<string | null>,
): Promise<void> {
  await change(actor, permission, async (tx, record) => {
    const form = await lockForm(tx, formId);
    assertAsked(form);
    if (form.hash !== hash) throw new Conflict("privacy.consents.refused.changed", { number: form.version });
    const sent = await sentBy(tx, form);
    const { organizationId, personId } = personOf(actor);
    const number = form.version;
    // Steps of one form have instants of their own, so that the newest is one.
    const at = new Date(Math.max(now.getTime(), (form.steps[0]?.at.getTime() ?? 0) + 1));
    await tx.consentStep.create({ data: { organizationId, formId, kind, number, hash, note, sent, personId, at } });
    await record({
      action,
      target: { kind: "consent-form", id: formId },
      body: { version: number, hash },
    });
  });
}

async function assertDecider(tx: Tx, form: LockedForm, personId: string): Promise<void> {
  const approved = form.steps.find((one) => one.kind === "approved")?.number ?? 0;
  const authors = await tx.consentVersion.findMany({
    where: { formId: form.id, number: { gt: approved } },
    select: { personId: true },
    distinct: ["personId"],
  });
  const submitterId = form.steps.find((one) => one.kind === "submitted")?.personId ?? null;
  assertMayDecideConsent(form.state, { authorIds: authors.map((one) => one.personId), submitterId }, personId);
}
