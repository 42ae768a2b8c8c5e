import type { VisitorActor } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { type PersonForSignIn, personByEmail } from "@/lib/db/crossings";
import { Refused } from "@/lib/errors";
import { evenOut } from "@/lib/even-out";
import { log } from "@/lib/log";
import { verifyPassword } from "@/lib/password";
import { turnsOf } from "@/lib/turns";
import type { SignInInput, Visitor } from "../schema";
import { type Opened, openSession, pendingAt, type Workplace } from "./open-session";
import { assertMayTry, assertNotKnownShut, forgetTries, mayTry } from "./throttle-tries";

/**
 * Opens a session for address and password, in the organization last worked in. The second factor is still to come.
 * An unknown address, a wrong password and a person without rights answer alike, in words and in time.
 * @throws Refused people.signIn.wrong, people.locked, people.busy
 */
export async function signIn(
  visitor: Visitor,
  { email, password }: Pick<SignInInput, "email" | "password">,
  now: Date,
): Promise<Opened> {
  const started = performance.now();
  assertNotKnownShut("address", visitor.address);
  assertNotKnownShut("account", email);
  const opened = await entrance.run(() => tryToOpen(visitor, { email, password }, now));
  if (opened) return opened;
  await evenOut(started);
  throw new Refused("people.signIn.wrong");
}

/** A few come in at once, so that those who are in keep the database to work with. */
const entrance = turnsOf("entrance", 4, 100);

async function tryToOpen(
  visitor: Visitor,
  { email, password }: Pick<SignInInput, "email" | "password">,
  now: Date,
): Promise<Opened | null> {
  await assertMayTry("address", visitor.address, visitor.address);
  await assertMayTry("account", email, visitor.address);
  const person = await personByEmail(email);
  const right = await verifyPassword(person?.passwordHash ?? null, password);
  const workplace = person && right ? workplaceOf(person) : null;
  if (!person || !workplace) {
    await recordRefusal(visitor, person, email, right);
    return null;
  }
  await forgetTries("account", email);
  const { personId } = person;
  const { organizationId } = workplace;
  const pending = pendingAt(workplace, person.totpConfirmedAt !== null);
  const actor: VisitorActor = { kind: "visitor", organizationId, personId, address: visitor.address };
  return change(actor, "account:enter", async (tx, record) => {
    const signInId = await openSession(tx, visitor, { personId, organizationId, factorAt: null }, now);
    await record({
      action: "session.opened",
      target: { kind: "session", id: signInId },
      body: { pending: pending ?? "none" },
    });
    return { signInId, pending };
  });
}

function workplaceOf(person: PersonForSignIn): Workplace | null {
  const last = person.memberships.find(({ organizationId }) => organizationId === person.lastOrganizationId);
  return last ?? person.memberships[0] ?? null;
}

/** A known person's failed sign-in is an entry of the audit log; an unknown one a line of the log, without what was typed. */
async function recordRefusal(
  visitor: Visitor,
  person: PersonForSignIn | null,
  email: string,
  right: boolean,
): Promise<void> {
  const organizationId = person?.homeOrganizationId;
  if (!person || !organizationId) {
    // One write, as below, so that time does not tell the two apart.
    await mayTry("nobody", email);
    log("warn", "sign-in.refused", { address: visitor.address, known: false });
    return;
  }
  const actor: VisitorActor = { kind: "visitor", organizationId, personId: person.personId, address: visitor.address };
  await change(actor, "account:enter", (_tx, record) =>
    record({
      action: "session.refused",
      target: { kind: "person", id: person.personId },
      result: "refused",
      body: { because: right ? "no_rights" : "password" },
    }),
  );
}
