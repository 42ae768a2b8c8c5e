import { z } from "zod";
import { loadTerms } from "@/lib/archive/reckoning";
import type { PersonActor } from "@/lib/auth/actor";
import type { Tx } from "@/lib/db/client";
import { NotFound, Refused } from "@/lib/errors";
import type { Period } from "@/lib/retention/rules/period";
import {
  assertConsentFits,
  type ConsentKind,
  type ConsentState,
  type ConsentStepFact,
  type ConsentTarget,
  type ConsentWords,
  consentHash,
  consentMessage,
  consentState,
  consentText,
  consentWords,
} from "../rules/consent";
import { noticePeriods } from "../rules/notice-facts";

export type LockedForm = {
  id: string;
  target: ConsentTarget;
  /** Number and hash of the newest version. */
  version: number;
  hash: string;
  words: ConsentWords;
  state: ConsentState;
  retired: boolean;
  /** Newest first. */
  steps: ConsentStepFact[];
};

/** The form with its approval, held until the change is committed. @throws NotFound */
export async function lockForm(tx: Tx, id: string): Promise<LockedForm> {
  if (!z.uuid().safeParse(id).success) throw new NotFound();
  const held = await tx.$queryRaw<{ id: string }[]>`SELECT id FROM consent_forms WHERE id = ${id}::uuid FOR UPDATE`;
  if (held.length === 0) throw new NotFound();
  const row = await tx.consentForm.findUniqueOrThrow({
    where: { id },
    include: {
      versions: { orderBy: { number: "desc" }, take: 1 },
      steps: { orderBy: [{ at: "desc" }, { id: "desc" }], take: 200 },
    },
  });
  const [newest] = row.versions;
  if (!newest) throw new Error(`Consent form ${id} has no version`);
  return {
    id,
    target: { number: row.number, name: row.name, kind: row.kind as ConsentKind, channelId: row.channelId },
    ...{ version: row.version, hash: newest.hash, words: consentWords(newest), retired: row.retiredAt !== null },
    ...{ state: consentState(row.version, row.steps), steps: row.steps },
  };
}

/** @throws Refused when it is no longer asked */
export function assertAsked(form: LockedForm): void {
  if (form.retired) throw new Refused("privacy.consents.refused.retired");
}

/** The period of the policy in force for a form's channel; of a form for every channel: of the policies for every channel. */
export async function policyPeriod(tx: Tx, channelId: string | null, now: Date): Promise<Period | null> {
  return noticePeriods(await loadTerms(tx), channelId ?? "", now).main?.period ?? null;
}

/** What users would read of its newest version today. @throws Refused beside a field that no longer fits */
export async function consentMessageToday(tx: Tx, { target, words }: LockedForm, now: Date): Promise<string> {
  const period = await policyPeriod(tx, target.channelId, now);
  assertConsentFits(target.kind, words, period);
  return consentMessage(target.kind, words, period);
}

/** Adds a version of a form. @returns its hash */
export async function addConsentVersion(
  tx: Tx,
  { organizationId, personId }: PersonActor,
  formId: string,
  { target, words, number }: { target: ConsentTarget; words: ConsentWords; number: number },
): Promise<string> {
  const text = consentText(target, words);
  const hash = consentHash(text);
  const { purpose, refusal, periodOf, count, unit, recipient, optional, minors } = words;
  await tx.consentVersion.create({
    data: {
      ...{ organizationId, formId, number, purpose, items: [...words.items], refusal, periodOf, count, unit },
      ...{ recipient, optional, minors, text, hash, personId },
    },
  });
  return hash;
}
