// How long somebody may look, and who that somebody is. Pure.
import type { PersonActor } from "@/lib/auth/actor";

/** Minutes that a look lasts; then the purpose is asked again. */
export const lookMinutes = 10;

export type LookFacts = {
  personId: string;
  signInId: string;
  until: Date;
  closedAt: Date | null;
};

export function lookUntil(at: Date): Date {
  return new Date(at.getTime() + lookMinutes * 60_000);
}

/** A look is open to the person and the sign-in that gave its purpose, until it is closed or its time is over. */
export function isOpenLook(look: LookFacts, actor: Pick<PersonActor, "personId" | "signInId">, now: Date): boolean {
  return (
    look.personId === actor.personId && look.signInId === actor.signInId && look.closedAt === null && look.until > now
  );
}
