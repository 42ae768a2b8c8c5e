"use server";

import { formAction, leave } from "@/lib/action";
import {
  approveConsent,
  rejectConsent,
  submitConsent,
  withdrawConsentRequest,
} from "@/lib/privacy/commands/decide-consent-form";
import { recordConsent, withdrawConsent } from "@/lib/privacy/commands/record-consent";
import { draftConsentForm, retireConsentForm, saveConsentVersion } from "@/lib/privacy/commands/save-consent-form";
import {
  approveConsentSchema,
  draftConsentFormSchema,
  recordConsentSchema,
  rejectConsentSchema,
  retireConsentSchema,
  saveConsentVersionSchema,
  submitConsentSchema,
  withdrawConsentSchema,
} from "@/lib/privacy/schema/consent";

const at = (formId: string) => `/privacy/consents/${formId}`;

export const draftConsentFormAction = formAction(draftConsentFormSchema, async (actor, input) => {
  const id = await draftConsentForm(actor, input, new Date());
  return leave(at(id), "privacy.consents.done.drafted");
});

export const saveConsentVersionAction = formAction(saveConsentVersionSchema, async (actor, input) => {
  await saveConsentVersion(actor, input, new Date());
  return leave(at(input.formId), "privacy.consents.done.saved");
});

export const submitConsentAction = formAction(submitConsentSchema, async (actor, input) => {
  await submitConsent(actor, input, new Date());
  return leave(at(input.formId), "privacy.consents.done.submitted");
});

export const withdrawConsentRequestAction = formAction(submitConsentSchema, async (actor, input) => {
  await withdrawConsentRequest(actor, input, new Date());
  return leave(at(input.formId), "privacy.consents.done.takenBack");
});

export const approveConsentAction = formAction(approveConsentSchema, async (actor, input) => {
  await approveConsent(actor, input, new Date());
  return leave(at(input.formId), "privacy.consents.done.approved");
});

export const rejectConsentAction = formAction(rejectConsentSchema, async (actor, input) => {
  await rejectConsent(actor, input, new Date());
  return leave(at(input.formId), "privacy.consents.done.rejected");
});

export const retireConsentFormAction = formAction(retireConsentSchema, async (actor, input) => {
  await retireConsentForm(actor, input, new Date());
  return leave(at(input.formId), "privacy.consents.done.retired");
});

export const recordConsentAction = formAction(recordConsentSchema, async (actor, input) => {
  const id = await recordConsent(actor, input, new Date());
  return leave(`/privacy/consents/records/${id}`, "privacy.consents.done.recorded");
});

export const withdrawConsentAction = formAction(withdrawConsentSchema, async (actor, input) => {
  await withdrawConsent(actor, input, new Date());
  return leave(`/privacy/consents/records/${input.consentId}`, "privacy.consents.done.withdrawn");
});
