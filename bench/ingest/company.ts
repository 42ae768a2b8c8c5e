// The company that messages come to: a channel with its dealer's connection, made as the product makes it.
import { randomUUID } from "node:crypto";
import type pg from "pg";
import type { OperatorActor, PersonActor } from "@/lib/auth/actor";
import { createConnection } from "@/lib/dealers/commands/create-connection";
import { senderKey } from "./sent";

export type BenchCompany = {
  organizationId: string;
  /** Whose rows the limit and the plain ways write. */
  otherOrganizationId: string;
  operator: OperatorActor;
  connectionId: string;
  token: string;
};

export async function openCompany(owner: pg.Client, otherOrganizationId: string): Promise<BenchCompany> {
  const [organizationId, channelId] = [randomUUID(), randomUUID()];
  await owner.query(
    "INSERT INTO organizations (id, slug, name) VALUES ($1, 'bench', 'bench'), ($2, 'other', 'other')",
    [organizationId, otherOrganizationId],
  );
  await owner.query(
    "INSERT INTO channels (id, organization_id, search_id, name, sender_key) VALUES ($1, $2, 'bench', 'bench', $3)",
    [channelId, organizationId, senderKey],
  );
  const admin: PersonActor = {
    ...{ kind: "person", personId: randomUUID(), organizationId, role: "CLIENT_ADMIN" },
    ...{ signInId: randomUUID(), address: "192.0.2.17" },
  };
  const order = { channelId, format: "canonical", signed: false } as const;
  const { connectionId, token } = await createConnection(admin, { ...order, allowedFrom: [] });
  if (token === null) throw new Error("The connection has no token");
  return {
    ...{ organizationId, otherOrganizationId, connectionId, token },
    operator: { kind: "operator", name: "bench", organizationId },
  };
}
