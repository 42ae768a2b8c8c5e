import type { PersonActor, VisitorActor } from "@/lib/auth/actor";
import { change, read } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";
import { Refused } from "@/lib/errors";
import { verifyPassword } from "@/lib/password";
import { unseal } from "@/lib/seal";
import { codeStep, recoveryCodeHash } from "@/lib/totp";
import { assertMayTry, forgetTries } from "./throttle-tries";

/** What somebody proved to know. Codes are spent in the change they are given for. */
export type Proof =
  | { by: "password" }
  | { by: "code"; step: bigint }
  | { by: "recovery"; hash: Uint8Array<ArrayBuffer> };

type Known = {
  passwordHash: string | null;
  totpSealed: Uint8Array | null;
  totpConfirmedAt: Date | null;
  totpLastStep: bigint | null;
};

/** Name of the key that seals TOTP secrets. */
export const totpPurpose = "totp";

/**
 * Asks again who it is before something that cannot be taken back: the second factor where there is one, else the password.
 * @throws Refused people.refused.proof beside `proofPassword`; people.locked after ten wrong answers
 */
export async function proveSelf(actor: PersonActor, given: string, now: Date): Promise<Proof> {
  await assertMayTry("factor", actor.personId, actor.address, "proofPassword");
  const { known, factor } = await read(actor, "account:own", (tx) => factorProof(tx, actor.personId, given, now));
  const proof = known.totpConfirmedAt ? factor : await passwordProof(known, given);
  if (!proof) {
    await recordWrong(actor, known.totpConfirmedAt ? "code" : "password");
    throw new Refused("people.refused.proof", "proofPassword");
  }
  await forgetTries("factor", actor.personId);
  return proof;
}

/** The present password, whether or not there is a second factor. @throws Refused beside `presentPassword` */
export async function provePassword(actor: PersonActor, given: string): Promise<void> {
  await assertMayTry("factor", actor.personId, actor.address, "presentPassword");
  const known = await read(actor, "account:own", (tx) => knownOf(tx, actor.personId));
  if (!(await passwordProof(known, given))) {
    await recordWrong(actor, "password");
    throw new Refused("people.refused.presentPassword", "presentPassword");
  }
  await forgetTries("factor", actor.personId);
}

/** Code or recovery code of somebody who has given the password. @throws Refused people.factor.wrong, people.locked */
export async function proveFactor(
  actor: VisitorActor & { personId: string },
  given: string,
  now: Date,
): Promise<Proof> {
  await assertMayTry("factor", actor.personId, actor.address, "code");
  const { factor: proof } = await read(actor, "account:enter", (tx) => factorProof(tx, actor.personId, given, now));
  if (!proof) {
    await recordWrong(actor, "code");
    throw new Refused("people.factor.wrong", "code");
  }
  await forgetTries("factor", actor.personId);
  return proof;
}

/** Uses a proof up. @throws Refused when a code or recovery code was used before */
export async function spendProof(tx: Tx, personId: string, proof: Proof, field: string, now: Date): Promise<void> {
  if (proof.by === "password") return;
  const { count } =
    proof.by === "code"
      ? await tx.person.updateMany({
          where: { id: personId, OR: [{ totpLastStep: null }, { totpLastStep: { lt: proof.step } }] },
          data: { totpLastStep: proof.step },
        })
      : await tx.recoveryCode.updateMany({
          where: { personId, hash: proof.hash, usedAt: null },
          data: { usedAt: now },
        });
  if (count === 0) throw new Refused("people.factor.wrong", field);
}

async function knownOf(tx: Tx, personId: string): Promise<Known> {
  return tx.person.findUniqueOrThrow({
    where: { id: personId },
    select: { passwordHash: true, totpSealed: true, totpConfirmedAt: true, totpLastStep: true },
  });
}

async function passwordProof(known: Known, given: string): Promise<Proof | null> {
  return (await verifyPassword(known.passwordHash, given)) ? { by: "password" } : null;
}

async function factorProof(
  tx: Tx,
  personId: string,
  given: string,
  now: Date,
): Promise<{ known: Known; factor: Proof | null }> {
  const known = await knownOf(tx, personId);
  if (!known.totpSealed || !known.totpConfirmedAt) return { known, factor: null };
  const plain = given.replaceAll(/\s/g, "");
  if (/^\d{6}$/.test(plain)) {
    const step = codeStep(unseal(totpPurpose, known.totpSealed), plain, known.totpLastStep, now);
    return { known, factor: step === null ? null : { by: "code", step } };
  }
  const hash = recoveryCodeHash(plain);
  const unused = await tx.recoveryCode.count({ where: { personId, hash, usedAt: null } });
  return { known, factor: unused > 0 ? { by: "recovery", hash } : null };
}

async function recordWrong(actor: PersonActor | VisitorActor, because: "code" | "password"): Promise<void> {
  const permission = actor.kind === "person" ? "account:own" : "account:enter";
  await change(actor, permission, (_tx, record) =>
    record({
      action: "session.refused",
      target: { kind: "person", id: actor.personId ?? "unknown" },
      result: "refused",
      body: { because },
    }),
  );
}
