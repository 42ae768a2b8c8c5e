import { createHash } from "node:crypto";
import { type Actor, personOf } from "@/lib/auth/actor";
import { change, read } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";
import { Conflict, NotFound } from "@/lib/errors";
import { writeFileRow } from "@/lib/evidence";
import { fileStore, newFileId } from "@/lib/storage";
import { allTasks, stepsOf, takeDownRow } from "../queries/take-downs";
import { assertMayComplete, takeDownStatus } from "../rules/take-down";
import { closingsDigest, type TakeDownCertificate, takeDownNumber } from "../rules/take-down-certificate";
import type { OneTakeDown } from "../schema/take-down";
import { takeDownPdf } from "../take-down-certificate";
import { lockTakeDown } from "./take-down-lock";

/**
 * Ends a campaign with its certificate: the paper is made, kept as a file of proof, and never made again.
 * @returns the file's id and hex SHA-256
 * @throws NotFound; Refused while a place is open or the day is not over; Conflict when something was closed or put back meanwhile
 */
export async function completeTakeDown(
  actor: Actor,
  { takeDownId }: OneTakeDown,
  now: Date,
): Promise<{ fileId: string; sha256: string }> {
  const person = personOf(actor);
  const facts = await read(actor, "take-down:close", (tx) => certificateFacts(tx, takeDownId, person.personId, now));
  const digest = closingsDigest(facts.tasks);
  const pdf = await takeDownPdf(facts);
  const sha256 = createHash("sha256").update(pdf).digest("hex");
  const fileId = newFileId();
  await fileStore().putStream(
    fileId,
    (async function* () {
      yield pdf;
    })(),
    pdf.length,
  );
  try {
    await change(actor, "take-down:close", async (tx, record) => {
      const campaign = await lockTakeDown(tx, takeDownId, now);
      assertMayComplete(campaign.state);
      if (closingsDigest(await allTasks(tx, takeDownId)) !== digest) throw new Conflict();
      const { organizationId, personId } = person;
      const name = `${takeDownNumber(takeDownId)}.pdf`;
      const file = { fileId, name, mime: "application/pdf", bytes: pdf.length, sha256, family: "pdf" as const };
      await writeFileRow(tx, person, file, campaign.channelId);
      await tx.takeDownStep.create({
        data: { organizationId, takeDownId, kind: "completed", note: digest, fileId, personId, at: now },
      });
      await record({
        action: "take-down.completed",
        target: { kind: "take-down", id: takeDownId },
        body: { places: facts.tasks.length, digest, file: fileId, sha256 },
      });
    });
  } catch (error) {
    if (error instanceof Conflict || (error instanceof Error && error.name === "Refused"))
      await fileStore().remove(fileId);
    throw error;
  }
  return { fileId, sha256 };
}

/** What the certificate of a campaign says that a person ends now. @throws NotFound; Refused while a place is open or the day is not over */
export async function certificateFacts(tx: Tx, id: string, personId: string, now: Date): Promise<TakeDownCertificate> {
  const row = await takeDownRow(tx, id);
  if (!row) throw new NotFound();
  assertMayComplete(takeDownStatus(row, now));
  const [names] = await tx.$queryRaw<{ company: string; by: string }[]>`
    SELECT o.name AS company, w.name AS by FROM organizations o JOIN persons w ON w.id = ${personId}::uuid WHERE o.id = damso_organization()`;
  const { cause, channelName, note, effectiveOn, at, byName } = row;
  return {
    ...{ company: names?.company ?? "", id, cause, channelName, note, effectiveOn, openedAt: at, openedBy: byName },
    ...{ completedAt: now, completedBy: names?.by ?? "", tasks: await allTasks(tx, id), steps: await stepsOf(tx, id) },
  };
}
