// Which organizations a command works on: all, or the one named by its slug.
import type { OperatorActor } from "@/lib/auth/actor";
import { setupError } from "../setup-error.mjs";

/** The operator as an actor of one organization: obeys the same rights, leaves the same entries. */
export function operatorOf(organizationId: string): OperatorActor {
  return { kind: "operator", name: "damso", organizationId };
}

/** Organizations, oldest first. @throws a sentence when `slug` names none. The context must be open. */
export async function listOrganizations(slug?: string): Promise<{ id: string; slug: string; name: string }[]> {
  const { organizationIds } = await import("@/lib/db/crossings");
  const { read } = await import("@/lib/auth/door");
  const found = [];
  for (const id of await organizationIds()) {
    const organization = await read(operatorOf(id), "channel:read", (tx) =>
      tx.organization.findUniqueOrThrow({ where: { id }, select: { id: true, slug: true, name: true } }),
    );
    if (slug === undefined || organization.slug === slug) found.push(organization);
  }
  if (slug !== undefined && found.length === 0) {
    throw setupError(`회사 ${slug}를 찾을 수 없습니다.`, `There is no organization ${slug}.`);
  }
  return found;
}
