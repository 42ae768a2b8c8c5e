// The demonstration's two companies and the people in them.
import type { PersonActor } from "@/lib/auth/actor";
import { hashPassword } from "@/lib/password";
import { createOrganization, createPerson } from "@/lib/people/commands/create-organization";
import type { Role } from "@/prisma/generated/enums";
import { type DemonstrationPerson, demonstrationPassword } from "./logins";

/** A seeded company: its people as actors, by name. */
export type SeededOrganization = { organizationId: string; person: (name: string) => PersonActor };

const day = 86_400_000;
/** Days before `now` at which the company was opened here. */
const openedDaysAgo = 190;

/** Opens a company with its people, who all have the demonstration's password and need no second factor. */
export async function seedOrganization(
  slug: string,
  { name, people }: { name: string; people: readonly DemonstrationPerson[] },
  now: Date,
): Promise<SeededOrganization> {
  const opened = new Date(now.getTime() - openedDaysAgo * day);
  const operator = await createOrganization(
    "demonstration",
    { slug, name, secondFactorNeeded: false, demonstration: true },
    opened,
  );
  const passwordHash = await hashPassword(demonstrationPassword());
  const actors = new Map<string, PersonActor>();
  for (const { email, name: personName, role } of people) {
    // An auditor's account ends ninety days after it was made: his is new, so that it is still good today.
    const joined = role === "AUDITOR" ? now : opened;
    const personId = await createPerson(operator, { email, name: personName, role, passwordHash }, joined);
    actors.set(personName, actorOf(operator.organizationId, personId, role));
  }
  const person = (wanted: string): PersonActor => {
    const actor = actors.get(wanted);
    if (!actor) throw new Error(`The demonstration has nobody called ${wanted}`);
    return actor;
  };
  return { organizationId: operator.organizationId, person };
}

function actorOf(organizationId: string, personId: string, role: Role): PersonActor {
  return { kind: "person", personId, organizationId, role, signInId: personId, address: "10.20.4.31" };
}
