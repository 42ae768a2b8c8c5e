import { randomUUID } from "node:crypto";
import { type Actor, personOf } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";
import { Conflict, Refused } from "@/lib/errors";
import { assertConsentFits, consentHash, consentText } from "../rules/consent";
import type { DraftConsentForm, RetireConsent, SaveConsentVersion } from "../schema/consent";
import {
  addConsentVersion,
  assertAsked,
  consentMessageToday,
  type LockedForm,
  lockForm,
  policyPeriod,
} from "./consent-lock";

/** Makes a consent form with its first version: a draft until a second person approves it. @returns its id. @throws Refused beside a field */
export function draftConsentForm(actor: Actor, input: DraftConsentForm, now: Date): Promise<string> {
  return change(actor, "consent-form:edit", async (tx, record) => {
    const person = personOf(actor);
    const { organizationId } = person;
    const { name, kind, channelId, ...words } = input;
    await assertChannel(tx, channelId);
    assertConsentFits(kind, words, await policyPeriod(tx, channelId, now));
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`consent forms:${organizationId}`}, 0))`;
    const { _max } = await tx.consentForm.aggregate({ _max: { number: true } });
    const [id, number] = [randomUUID(), (_max.number ?? 0) + 1];
    await tx.consentForm.create({
      data: { id, organizationId, number, name, kind, channelId, createdBy: person.personId },
    });
    const hash = await addConsentVersion(tx, person, id, {
      target: { number, name, kind, channelId },
      words,
      number: 1,
    });
    await record({
      action: "consent-form.drafted",
      target: { kind: "consent-form", id },
      body: { number, version: 1, hash },
    });
    return id;
  });
}

/**
 * Saves the next version of a form: a draft; the approved one is asked until this one is.
 * @throws NotFound, Conflict when `version` is stale, Refused beside a field, or when neither words nor period are new
 */
export async function saveConsentVersion(
  actor: Actor,
  { formId, version, ...words }: SaveConsentVersion,
  now: Date,
): Promise<void> {
  await change(actor, "consent-form:edit", async (tx, record) => {
    const form = await lockForm(tx, formId);
    assertAsked(form);
    if (form.version !== version) throw new Conflict("privacy.consents.stale", { number: form.version });
    assertConsentFits(form.target.kind, words, await policyPeriod(tx, form.target.channelId, now));
    if (consentHash(consentText(form.target, words)) === form.hash && !(await readsOtherwise(tx, form, now)))
      throw new Refused("privacy.consents.refused.unchanged");
    const number = form.version + 1;
    await tx.consentForm.update({ where: { id: formId }, data: { version: number } });
    const hash = await addConsentVersion(tx, personOf(actor), formId, { target: form.target, words, number });
    await record({
      action: "consent-form.version-saved",
      target: { kind: "consent-form", id: formId },
      body: { version: number, hash },
    });
  });
}

/** The same words say another period than when they were last asked for: a policy has changed since. */
async function readsOtherwise(tx: Tx, form: LockedForm, now: Date): Promise<boolean> {
  const sent = form.steps.find((one) => one.number === form.version && one.sent !== null)?.sent;
  return sent !== undefined && sent !== (await consentMessageToday(tx, form, now));
}

/** Ends a form: it is asked no more; what was answered stays. @throws NotFound, Refused when it is over already */
export async function retireConsentForm(actor: Actor, { formId }: RetireConsent, now: Date): Promise<void> {
  await change(actor, "consent-form:retire", async (tx, record) => {
    const form = await lockForm(tx, formId);
    assertAsked(form);
    await tx.consentForm.update({
      where: { id: formId },
      data: { retiredAt: now, retiredBy: personOf(actor).personId },
    });
    await record({
      action: "consent-form.retired",
      target: { kind: "consent-form", id: formId },
      body: { version: form.version },
    });
  });
}

async function assertChannel(tx: Tx, channelId: string | null): Promise<void> {
  if (channelId !== null && (await tx.channel.count({ where: { id: channelId } })) === 0) {
    throw new Refused("privacy.consents.refused.noChannel", "channelId");
  }
}
