// Whether users' files may be fetched from a host: the administrator decides, and may decide anew.
import type { PersonActor } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { Conflict } from "@/lib/errors";
import { reclaimDays } from "../rules/file-keeping";
import type { AttachmentHostInput } from "../schema/hosts";

const dayMs = 86_400_000;

/** Files from it are fetched from now on, and those of the last days that were refused for it. @throws Conflict when it is allowed already */
export function allowAttachmentHost(actor: PersonActor, input: AttachmentHostInput, now: Date): Promise<void> {
  return decide(actor, input.host, true, now);
}

/** Nothing more is fetched from it; what is kept stays. @throws Conflict when it is refused already */
export function refuseAttachmentHost(actor: PersonActor, input: AttachmentHostInput, now: Date): Promise<void> {
  return decide(actor, input.host, false, now);
}

async function decide(actor: PersonActor, host: string, allowed: boolean, now: Date): Promise<void> {
  const { organizationId, personId } = actor;
  await change(actor, "attachment-host:edit", async (tx, record) => {
    const decided = await tx.$executeRaw`
      INSERT INTO attachment_hosts AS h (organization_id, host, allowed, person_id, at)
      VALUES (${organizationId}::uuid, ${host}, ${allowed}, ${personId}::uuid, ${now})
      ON CONFLICT (organization_id, host) DO UPDATE SET allowed = excluded.allowed, person_id = excluded.person_id, at = excluded.at
        WHERE h.allowed <> excluded.allowed`;
    if (decided === 0) throw new Conflict();
    const since = new Date(now.getTime() - reclaimDays * dayMs);
    const again = allowed
      ? await tx.attachment.updateMany({
          where: { organizationId, host, state: "not-kept", reason: "host-not-allowed", receivedAt: { gt: since } },
          data: { state: "waiting", reason: "", tries: 0, nextTryAt: now },
        })
      : { count: 0 };
    const action = allowed ? "attachment-host.allowed" : "attachment-host.refused";
    await record({ action, target: { kind: "attachment-host", id: host }, body: { again: again.count } });
  });
}
