// The purposes of looking (조회 목적) that a company offers.
import type { PersonActor } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";
import { Conflict, NotFound, Refused } from "@/lib/errors";
import type { AddPurpose, EditPurpose, RetirePurpose } from "../schema/purposes";

export async function addPurpose(actor: PersonActor, input: AddPurpose, now: Date): Promise<string> {
  return change(actor, "purpose:edit", async (tx, record) => {
    await refuseSameName(tx, input.name, null);
    const { organizationId } = actor;
    const { id } = await tx.viewPurpose.create({
      data: { ...input, organizationId, createdAt: now },
      select: { id: true },
    });
    const { unmask, separated } = input;
    await record({ action: "purpose.added", target: { kind: "purpose", id }, body: { unmask, separated } });
    return id;
  });
}

/** @throws Conflict when somebody else changed it since */
export async function editPurpose(actor: PersonActor, input: EditPurpose): Promise<void> {
  const { purposeId, version, ...content } = input;
  await change(actor, "purpose:edit", async (tx, record) => {
    const before = await lockPurpose(tx, purposeId, version);
    await refuseSameName(tx, content.name, purposeId);
    await tx.viewPurpose.update({ where: { id: purposeId }, data: { ...content, version: version + 1 } });
    const names = ["name", "scope", "unmask", "separated", "position"] as const;
    const changed = names.filter((name) => before[name] !== content[name]);
    const { unmask, separated } = content;
    await record({
      action: "purpose.edited",
      target: { kind: "purpose", id: purposeId },
      body: { changed, unmask, separated, version: version + 1 },
    });
  });
}

/** Offers it no longer; looks that were opened for it keep its name. */
export async function retirePurpose(
  actor: PersonActor,
  { purposeId, version }: RetirePurpose,
  now: Date,
): Promise<void> {
  await change(actor, "purpose:edit", async (tx, record) => {
    await lockPurpose(tx, purposeId, version);
    await tx.viewPurpose.update({ where: { id: purposeId }, data: { retiredAt: now, version: version + 1 } });
    await record({ action: "purpose.retired", target: { kind: "purpose", id: purposeId } });
  });
}

async function lockPurpose(tx: Tx, id: string, version: number) {
  await tx.$queryRaw`SELECT id FROM view_purposes WHERE id = ${id}::uuid FOR UPDATE`;
  const purpose = await tx.viewPurpose.findFirst({ where: { id } });
  if (!purpose || purpose.retiredAt) throw new NotFound();
  if (purpose.version !== version) throw new Conflict();
  return purpose;
}

async function refuseSameName(tx: Tx, name: string, except: string | null): Promise<void> {
  const same = await tx.viewPurpose.findFirst({
    where: { name, retiredAt: null, ...(except ? { NOT: { id: except } } : {}) },
    select: { id: true },
  });
  if (same) throw new Refused("transcripts.purposes.sameName", "name");
}
