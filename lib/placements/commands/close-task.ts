import { type Actor, type PersonActor, personOf } from "@/lib/auth/actor";
import { change, read } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";
import { NotFound, Refused } from "@/lib/errors";
import { openOrReport, type ReceivedFile, receiveFile, writeFileRow } from "@/lib/evidence";
import { assertUnderWay, closingWay } from "../rules/take-down";
import { type CloseTask, type ProveTask, proveTaskSchema } from "../schema/take-down";
import { type LockedTask, lockTask } from "./take-down-lock";

/** 20 MB: photos of a wall, screens, release notes. Kept as they came: what is in the picture is the proof. */
const mostProofBytes = 20 * 2 ** 20;

/** Says that a button is gone, with a reason and no file. @returns the campaign's id. @throws NotFound, Refused when that is not enough or it is closed already */
export function closeTask(actor: Actor, input: CloseTask, now: Date): Promise<string> {
  return close(actor, { ...input, runId: "" }, now, null);
}

/**
 * Takes an upload as the proof that a button is gone: of print a photo, of an app screen or a template its proof, of a web page what a
 * person saw, with the reason. Who asks and the task are looked at before a byte is stored.
 * @param patience see receiveUpload
 * @throws NotFound, Forbidden, Refused, UploadRefused, FileRefused
 */
export function proveTask(
  actor: Actor,
  takeDownId: string,
  request: Request,
  patience: number,
  now: Date,
): Promise<{ fileId: string; sha256: string }> {
  const input = (fields: Readonly<Record<string, string>>): ProveTask => {
    const parsed = proveTaskSchema.safeParse(fields);
    if (!parsed.success) {
      if (parsed.error.issues.some(({ path }) => path[0] === "taskId")) throw new NotFound();
      throw new Refused("placements.takeDown.refused.reason");
    }
    return parsed.data;
  };
  return receiveFile(
    request,
    {
      ...{ most: mostProofBytes, patience, families: ["image", "pdf", "document"] },
      begin: async (fields) => {
        const { taskId, reason } = input(fields);
        const task = await read(actor, "take-down:close", (tx) =>
          tx.takeDownTask.findFirst({ where: { id: taskId }, select: { kind: true, takeDownId: true } }),
        );
        if (!task || task.takeDownId !== takeDownId) throw new NotFound();
        closingWay(task.kind as "web", { file: true, reason });
      },
    },
    async (file, fields) => {
      await close(actor, input(fields), now, file);
      return { fileId: file.fileId, sha256: file.sha256 };
    },
  );
}

function close(
  actor: Actor,
  { taskId, runId, reason }: ProveTask,
  now: Date,
  file: ReceivedFile | null,
): Promise<string> {
  return change(actor, "take-down:close", async (tx, record) => {
    const task = await lockTask(tx, taskId, now);
    assertUnderWay(task.campaign.state);
    if (task.closed) throw new Refused("placements.takeDown.refused.closed", "reason");
    if (task.reinstated) throw new Refused("placements.takeDown.refused.over", "reason");
    const how = closingWay(task.kind, { file: file !== null, reason });
    const person = personOf(actor);
    if (file) await writeFileRow(tx, person, file, task.channelId);
    const run =
      file && task.kind === "print" ? await proveRun(tx, person, task, { runId, fileId: file.fileId }, now) : null;
    if (run && run.left > 0 && file) {
      await record({
        action: "take-down.run-proved",
        target: { kind: "take-down", id: task.campaign.id },
        body: { task: taskId, code: task.code, run: run.number, file: file.fileId, sha256: file.sha256 },
      });
      return task.campaign.id;
    }
    await tx.takeDownClosing.create({
      data: {
        ...{ organizationId: person.organizationId, taskId, how, fileId: file?.fileId ?? null, reason },
        ...{ personId: person.personId, at: now },
      },
    });
    await record({
      action: "take-down.place-closed",
      target: { kind: "take-down", id: task.campaign.id },
      reason,
      body: { task: taskId, code: task.code, how, ...(file ? { file: file.fileId, sha256: file.sha256 } : {}) },
    });
    return task.campaign.id;
  });
}

/** The photo of one print run. @returns its number and how many runs are left; null where no run is recorded. @throws Refused */
async function proveRun(
  tx: Tx,
  { organizationId, personId }: PersonActor,
  { id: taskId, placementId }: LockedTask,
  { runId, fileId }: { runId: string; fileId: string },
  now: Date,
): Promise<{ number: number; left: number } | null> {
  const runs = await tx.printRun.findMany({ where: { placementId }, orderBy: { number: "asc" } });
  if (runs.length === 0) return null;
  const proved = await tx.takeDownRunProof.findMany({ where: { taskId }, select: { runId: true } });
  const open = runs.filter(({ id }) => !proved.some((proof) => proof.runId === id));
  const run = runId === "" && open.length === 1 ? open[0] : open.find(({ id }) => id === runId);
  if (!run) throw new Refused("placements.takeDown.refused.run", "runId");
  await tx.takeDownRunProof.create({ data: { organizationId, taskId, runId: run.id, fileId, personId, at: now } });
  return { number: run.number, left: open.length - 1 };
}

export type TakenFile = { name: string; mime: string; bytes: number; stream: ReadableStream<Uint8Array> };

/** Hands out a proof or the certificate of a campaign and records who took it. @throws NotFound, Forbidden, FileChanged */
export async function takeProof(actor: Actor, takeDownId: string, fileId: string): Promise<TakenFile> {
  const file = await read(actor, "placement:read", (tx) => fileOf(tx, takeDownId, fileId));
  if (!file) throw new NotFound();
  const { name, mime, sha256 } = file;
  const bytes = Number(file.bytes);
  const stream = await openOrReport(actor, "placement:read", { id: fileId, sha256, bytes });
  await change(actor, "placement:read", (_tx, record) =>
    record({
      action: "take-down.file-taken",
      target: { kind: "take-down", id: takeDownId },
      body: { file: fileId, sha256 },
    }),
  );
  return { name, mime, bytes, stream };
}

async function fileOf(tx: Tx, takeDownId: string, fileId: string) {
  if (!/^[0-9a-f-]{36}$/.test(takeDownId)) return null;
  return tx.evidenceFile.findFirst({
    where: {
      id: fileId,
      OR: [
        { runProofs: { some: { task: { takeDownId } } } },
        { closings: { some: { task: { takeDownId } } } },
        { takeDownSteps: { some: { takeDownId } } },
      ],
    },
  });
}
