import { Forbidden } from "@/lib/errors";
import type { Actor } from "./actor";
import { can, type Permission } from "./permissions";

/** Throws Forbidden unless the permissions table grants it. */
export function authorize(actor: Actor, permission: Permission): void {
  if (!can(actor, permission)) throw new Forbidden(permission);
}
