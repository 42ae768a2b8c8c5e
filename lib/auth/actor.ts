import { Forbidden } from "@/lib/errors";
import type { Role } from "@/prisma/generated/enums";

/** A signed-in person working in one organization. */
export type PersonActor = {
  kind: "person";
  personId: string;
  organizationId: string;
  role: Role;
  /** Server-side session this request came with. */
  signInId: string;
  /** Peer address, or the client's where a configured proxy says it. */
  address: string;
};

/** A machine with a scoped key. */
export type ApiKeyActor = { kind: "apiKey"; keyId: string; organizationId: string; role: Role; address: string };

/** A dealer's webhook, known by its connection token. */
export type DealerActor = {
  kind: "dealer";
  connectionId: string;
  organizationId: string;
  address: string;
  /** The stand-in of a rehearsal: what it tells is marked and never counted. */
  rehearsalId?: string | null;
};

/** A named job of ours. With `run`, it writes only while it holds that run's lease. */
export type JobActor = { kind: "job"; name: string; organizationId: string; run?: { id: string; lease: number } };

/** The operator's command on the machine itself. */
export type OperatorActor = { kind: "operator"; name: string; organizationId: string };

/** Somebody not signed in who is about to be (sign-in, invite, reset): the person is known, the rights are not. */
export type VisitorActor = { kind: "visitor"; organizationId: string; personId?: string; address: string };

/** Who acts. A value handed down, never ambient. */
export type Actor = PersonActor | ApiKeyActor | DealerActor | JobActor | OperatorActor | VisitorActor;

/** What permissions are granted to: a role, or the kind of a machine. */
export type Principal = Role | "DEALER" | "JOB" | "OPERATOR" | "VISITOR";

export function principalOf(actor: Actor): Principal {
  switch (actor.kind) {
    case "person":
    case "apiKey":
      return actor.role;
    case "dealer":
      return "DEALER";
    case "job":
      return "JOB";
    case "operator":
      return "OPERATOR";
    case "visitor":
      return "VISITOR";
  }
}

/** What somebody answers for needs a human being. @throws Forbidden */
export function personOf(actor: Actor): PersonActor {
  if (actor.kind !== "person") throw new Forbidden("a person is needed");
  return actor;
}

/** How an actor stands in audit_events: kind, id and where from. */
export function actorReference(actor: Actor): { kind: Actor["kind"]; id: string; address: string } {
  switch (actor.kind) {
    case "person":
      return { kind: actor.kind, id: actor.personId, address: actor.address };
    case "apiKey":
      return { kind: actor.kind, id: actor.keyId, address: actor.address };
    case "dealer":
      return { kind: actor.kind, id: actor.connectionId, address: actor.address };
    case "job":
    case "operator":
      return { kind: actor.kind, id: actor.name, address: "local" };
    case "visitor":
      return { kind: actor.kind, id: actor.personId ?? "unknown", address: actor.address };
  }
}
