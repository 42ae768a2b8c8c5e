import { z } from "zod";
import { addDays, type Day, kstDayStart } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import { Conflict, NotFound, Refused } from "@/lib/errors";
import { userHandle } from "@/lib/keyring";
import { requestState, type StepFact } from "../rules/request";
import type { RequestKind, RequestState } from "../schema/request";
import { sealPart } from "../sealed";

export type LockedRequest = {
  id: string;
  number: number;
  kind: RequestKind;
  receivedOn: Day;
  channelId: string | null;
  userHandle: Uint8Array | null;
  version: number;
  state: RequestState;
  steps: StepFact[];
};

/** The request with its steps, held until the change is committed. @throws NotFound; Conflict when somebody took a step meanwhile */
export async function lockRequest(tx: Tx, id: string, seen: number | null): Promise<LockedRequest> {
  if (!z.uuid().safeParse(id).success) throw new NotFound();
  const [row] = await tx.$queryRaw<Omit<LockedRequest, "state" | "steps">[]>`
    SELECT id, number, kind, received_on::text AS "receivedOn", channel_id AS "channelId", user_handle AS "userHandle", version
    FROM data_requests WHERE id = ${id}::uuid FOR UPDATE`;
  if (!row) throw new NotFound();
  if (seen !== null && row.version !== seen) throw new Conflict("privacy.requests.stale");
  const steps = await tx.$queryRaw<StepFact[]>`
    SELECT kind, until_on::text AS "untilOn" FROM data_request_steps
    WHERE organization_id = damso_organization() AND data_request_id = ${id}::uuid ORDER BY at`;
  return { ...row, steps, state: requestState(row.kind, steps) };
}

/** Counts the request's version on: a form that was made before is stale. */
export async function countOn(tx: Tx, request: Pick<LockedRequest, "id" | "version">): Promise<void> {
  await tx.dataRequest.update({ where: { id: request.id }, data: { version: request.version + 1 } });
}

export type SubjectColumns = {
  channelId: string | null;
  userHandle: Uint8Array<ArrayBuffer> | null;
  userSealed: Uint8Array<ArrayBuffer> | null;
};

/** Channel and keyed handle of the person meant, the user_key sealed. @throws Refused beside `channelId` */
export async function subjectColumns(
  tx: Tx,
  requestId: string,
  { channelId, userKey }: { channelId?: string | undefined; userKey?: string | undefined },
  organizationId: string,
): Promise<SubjectColumns> {
  if (!channelId) return { channelId: null, userHandle: null, userSealed: null };
  if ((await tx.channel.count({ where: { id: channelId } })) === 0)
    throw new Refused("privacy.requests.refused.channel", "channelId");
  if (!userKey) return { channelId, userHandle: null, userSealed: null };
  return {
    channelId,
    userHandle: Uint8Array.from(userHandle(organizationId, channelId, userKey)),
    userSealed: sealPart(requestId, "user", userKey),
  };
}

/** How many of the person's consultations are still kept that had been opened by the day of receipt. */
export async function countKept(
  tx: Tx,
  { channelId, userHandle: handle, receivedOn }: Pick<LockedRequest, "channelId" | "userHandle" | "receivedOn">,
): Promise<number> {
  if (channelId === null || handle === null) return 0;
  const [found] = await tx.$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM consult_sessions WHERE channel_id = ${channelId}::uuid AND user_handle = ${Uint8Array.from(handle)}
      AND organization_id = damso_organization() AND opened_at < ${kstDayStart(addDays(receivedOn, 1))}`;
  return found?.n ?? 0;
}

/** The audit entry's subject: the keyed handle in hex, where the person is known. */
export function subjectOf(handle: Uint8Array | null): { subject?: string } {
  return handle ? { subject: Buffer.from(handle).toString("hex") } : {};
}
