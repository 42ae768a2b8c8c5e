import type { PersonActor, VisitorActor } from "@/lib/auth/actor";
import { change, type Record } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";
import type { SignInState } from "@/lib/db/crossings";
import { Conflict, Refused } from "@/lib/errors";
import { seal } from "@/lib/seal";
import { codeStep, newRecoveryCodes, offeredSecret, recoveryCodeHash } from "@/lib/totp";
import type { Visitor } from "../schema";
import { openSession } from "./open-session";
import { type Proof, proveSelf, spendProof, totpPurpose } from "./prove-self";
import { assertMayTry } from "./throttle-tries";

export type Enrolled = { signInId: string; recoveryCodes: string[] };

/** The secret offered to this session until it is confirmed: base32. Looking at it changes nothing. */
export function factorOffer(state: Pick<SignInState, "signInId" | "personId">): string {
  return offeredSecret(state.signInId, state.personId);
}

/** Enrolls at sign-in, where the role needs a second factor and the person has none. @throws Refused people.factor.wrong */
export async function enrollFactorAtSignIn(
  state: SignInState,
  visitor: Visitor,
  code: string,
  now: Date,
): Promise<Enrolled> {
  const { organizationId, personId } = state;
  const actor: VisitorActor = { kind: "visitor", organizationId, personId, address: visitor.address };
  await assertMayTry("factor", personId, visitor.address, "code");
  const step = confirmedStep(state, code, now);
  return change(actor, "account:enter", (tx, record) => enroll(tx, record, state, visitor, step, now));
}

/** Enrolls by choice, from the account page. @throws Refused people.refused.proof, people.factor.wrong */
export async function enrollOwnFactor(
  actor: PersonActor,
  state: SignInState,
  visitor: Visitor,
  input: { code: string; proofPassword: string },
  now: Date,
): Promise<Enrolled> {
  const proof = await proveSelf(actor, input.proofPassword, now);
  const step = confirmedStep(state, input.code, now);
  return change(actor, "account:own", async (tx, record) => {
    await spendProof(tx, actor.personId, proof, "proofPassword", now);
    return enroll(tx, record, state, visitor, step, now);
  });
}

/** Ten new recovery codes in place of the old ones. @throws Refused people.refused.proof */
export async function renewRecoveryCodes(actor: PersonActor, proofPassword: string, now: Date): Promise<string[]> {
  const proof: Proof = await proveSelf(actor, proofPassword, now);
  return change(actor, "account:own", async (tx, record) => {
    await spendProof(tx, actor.personId, proof, "proofPassword", now);
    const person = await tx.person.findUniqueOrThrow({
      where: { id: actor.personId },
      select: { totpConfirmedAt: true },
    });
    if (!person.totpConfirmedAt) throw new Conflict();
    const codes = await replaceRecoveryCodes(tx, actor.personId);
    await record({
      action: "recovery-codes.renewed",
      target: { kind: "person", id: actor.personId },
      body: { count: codes.length },
    });
    return codes;
  });
}

function confirmedStep(state: SignInState, code: string, now: Date): bigint {
  const step = codeStep(factorOffer(state), code, null, now);
  if (step === null) throw new Refused("people.factor.wrong", "code");
  return step;
}

async function enroll(
  tx: Tx,
  record: Record,
  state: SignInState,
  visitor: Visitor,
  step: bigint,
  now: Date,
): Promise<Enrolled> {
  const { personId, organizationId } = state;
  const { count } = await tx.person.updateMany({
    where: { id: personId, totpConfirmedAt: null },
    data: { totpSealed: seal(totpPurpose, factorOffer(state)), totpConfirmedAt: now, totpLastStep: step },
  });
  if (count === 0) throw new Conflict();
  const recoveryCodes = await replaceRecoveryCodes(tx, personId);
  // Every session from before goes: they were opened with less than is needed now.
  await tx.signIn.updateMany({
    where: { personId, endedAt: null },
    data: { endedAt: now, endedBecause: "factor_given" },
  });
  const signInId = await openSession(
    tx,
    visitor,
    { personId, organizationId, factorAt: now, endsAt: state.endsAt },
    now,
  );
  await record({ action: "factor.enrolled", target: { kind: "person", id: personId }, body: { session: signInId } });
  return { signInId, recoveryCodes };
}

async function replaceRecoveryCodes(tx: Tx, personId: string): Promise<string[]> {
  const codes = newRecoveryCodes();
  await tx.recoveryCode.deleteMany({ where: { personId } });
  await tx.recoveryCode.createMany({ data: codes.map((code) => ({ personId, hash: recoveryCodeHash(code) })) });
  return codes;
}
