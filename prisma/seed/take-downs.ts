// The demonstration's take-down that is over: the autumn leaflet, closed with a photo and certified. What a channel's end opens, the job opens.
import { createHash, randomUUID } from "node:crypto";
import type { PersonActor } from "@/lib/auth/actor";
import { ingest } from "@/lib/auth/door";
import { addDays, kstDay, kstDayStart } from "@/lib/clock";
import { fromDay } from "@/lib/day-column";
import { certificateFacts } from "@/lib/placements/commands/complete-take-down";
import { closingsDigest, takeDownNumber } from "@/lib/placements/rules/take-down-certificate";
import { takeDownPdf } from "@/lib/placements/take-down-certificate";
import { fileStore, newFileId } from "@/lib/storage";
import { picture } from "./files";
import { recordPastEvent } from "./past-event";
import { randomOf } from "./random";

/** Days before today on which it opened, took effect and was certified. */
const days = { opened: 16, effective: 13, closed: 12 } as const;

export async function seedTakeDowns({ actor, now }: { actor: PersonActor; now: Date }): Promise<void> {
  const { organizationId, personId } = actor;
  const at = (daysAgo: number, hours: number) =>
    new Date(kstDayStart(addDays(kstDay(now), -daysAgo)).getTime() + hours * 3_600_000);
  const [opened, closed, completed] = [at(days.opened, 10), at(days.closed, 17.5), at(days.closed, 18)];
  const photo = await kept(picture(randomOf("autumn leaflet")));
  const id = randomUUID();
  const effectiveOn = fromDay(addDays(kstDay(now), -days.effective));
  const note = "가을 행사가 끝났습니다";
  const target = { kind: "take-down", id } as const;
  await ingest(actor, "take-down:open", async (tx) => {
    const place = await tx.placement.findUniqueOrThrow({ where: { code: "pl_flyer_autumn" } });
    await tx.takeDown.create({
      data: { id, organizationId, cause: "hand", effectiveOn, note, personId, at: opened },
    });
    const task = await tx.takeDownTask.create({
      data: {
        ...{ organizationId, takeDownId: id, placementId: place.id, kind: "print", ownerId: place.ownerId },
        ...{ dueOn: effectiveOn, at: opened },
      },
    });
    await recordPastEvent(tx, actor, opened, {
      ...{ action: "take-down.opened", target, reason: note },
      body: { cause: "hand", effectiveOn: addDays(kstDay(now), -days.effective), places: 1 },
    });
    const { fileId, bytes, sha256 } = photo;
    await tx.evidenceFile.create({
      data: {
        ...{ id: fileId, organizationId, channelId: place.channelId, name: "전단 거치대.png", mime: "image/png" },
        ...{ bytes, sha256, personId, createdAt: closed },
      },
    });
    await tx.takeDownClosing.create({
      data: { organizationId, taskId: task.id, how: "photo", fileId, personId, at: closed },
    });
    await recordPastEvent(tx, actor, closed, {
      ...{ action: "take-down.place-closed", target, reason: "" },
      body: { task: task.id, code: place.code, how: "photo", file: fileId, sha256 },
    });
  });
  const facts = await ingest(actor, "take-down:close", (tx) => certificateFacts(tx, id, personId, completed));
  const paper = await kept(await takeDownPdf(facts));
  const digest = closingsDigest(facts.tasks);
  await ingest(actor, "take-down:close", async (tx) => {
    const { fileId, bytes, sha256 } = paper;
    const name = `${takeDownNumber(id)}.pdf`;
    await tx.evidenceFile.create({
      data: {
        ...{ id: fileId, organizationId, channelId: null, name, mime: "application/pdf", bytes, sha256, personId },
        createdAt: completed,
      },
    });
    await tx.takeDownStep.create({
      data: { organizationId, takeDownId: id, kind: "completed", note: digest, fileId, personId, at: completed },
    });
    await recordPastEvent(tx, actor, completed, {
      ...{ action: "take-down.completed", target },
      body: { places: 1, digest, file: fileId, sha256 },
    });
  });
}

async function kept(bytes: Buffer): Promise<{ fileId: string; bytes: number; sha256: string }> {
  const fileId = newFileId();
  await fileStore().putStream(
    fileId,
    (async function* () {
      yield bytes;
    })(),
    bytes.length,
  );
  return { fileId, bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
}
