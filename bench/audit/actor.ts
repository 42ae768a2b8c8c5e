import type { OperatorActor } from "@/lib/auth/actor";

/** The organization whose log is measured. */
export const actor: OperatorActor = {
  kind: "operator",
  name: "bench",
  organizationId: "be4c0000-0000-4000-8000-000000000001",
};
