import { randomUUID } from "node:crypto";
import { type Actor, personOf } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { assertReceived } from "../rules/request";
import type { RegisterRequest } from "../schema/request";
import { sealPart } from "../sealed";
import { subjectColumns, subjectOf } from "./request-lock";

/** Registers what a data subject asks for; its clock runs from the day of receipt. @throws Refused beside a field */
export function registerRequest(actor: Actor, input: RegisterRequest): Promise<{ id: string; number: number }> {
  return change(actor, "data-request:record", async (tx, record) => {
    const { organizationId, personId } = personOf(actor);
    const now = new Date();
    assertReceived(input.receivedOn, now);
    // One number after the other: two registrations at once wait for each other.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('damso data requests ' || ${organizationId}, 0))`;
    const [last] = await tx.$queryRaw<{ number: number }[]>`
      SELECT coalesce(max(number), 0)::int AS number FROM data_requests WHERE organization_id = damso_organization()`;
    const number = (last?.number ?? 0) + 1;
    const id = randomUUID();
    const subject = await subjectColumns(tx, id, input, organizationId);
    const { kind, receivedOn, receivedVia, proxy, identity, detail } = input;
    await tx.dataRequest.create({
      data: {
        ...{ id, organizationId, number, kind, receivedOn: new Date(receivedOn), receivedVia, proxy, ...subject },
        ...{ identitySealed: sealPart(id, "identity", identity), detailSealed: sealPart(id, "detail", detail) },
        ...{ registeredBy: personId, registeredAt: now },
      },
    });
    await record({
      action: "data-request.registered",
      target: { kind: "data-request", id },
      ...subjectOf(subject.userHandle),
      body: { number, kind, receivedOn, receivedVia, proxy, channel: subject.channelId },
    });
    return { id, number };
  });
}
