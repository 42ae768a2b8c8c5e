// Draws the paper of an order: taken by one instance at a time, drawn anew from the start when that one died.
import { Readable } from "node:stream";
import type { JobActor } from "@/lib/auth/actor";
import { change, ingest, read } from "@/lib/auth/door";
import { organizationsWithPrints } from "@/lib/db/crossings";
import { env } from "@/lib/env";
import { Refused } from "@/lib/errors";
import { errorFields, log } from "@/lib/log";
import { sentence } from "@/lib/messages";
import { qrMatrix } from "@/lib/qr";
import { readPdf } from "@/lib/qr-read";
import { fileStore, newFileId } from "@/lib/storage";
import { printArchive } from "../print-archive";
import { drawSheet, type SheetCode, type SheetWords } from "../print-sheet";
import { logoOf } from "../qr-file";
import { qrsOfPrint, usualVersion } from "../queries/get-qr";
import { qrAddress } from "../rules";
import { papers } from "../rules/prints";
import { assertQrReads } from "../rules/qr-settings";
import type { PrintKind } from "../schema/prints";

const permission = "print:draw";
const leaseSeconds = 60;
const patienceMs = 3_600_000;
const mostBytes = 2 ** 30;

type Taken = { id: string; name: string; kind: PrintKind; total: number; at: Date; personId: string; leaseUntil: Date };

/** It was canceled meanwhile, or another instance has it. */
class NoLongerOurs extends Error {
  override readonly name = "NoLongerOurs";
}

/** Draws every paper that waits. @returns how many */
export async function drawPrints(now: Date): Promise<number> {
  let drawn = 0;
  for (const organizationId of await organizationsWithPrints()) {
    const actor: JobActor = { kind: "job", name: "prints", organizationId };
    while (await drawNext(actor, now)) drawn += 1;
  }
  return drawn;
}

/** Draws the oldest order that waits. False: none does. */
export async function drawNext(actor: JobActor, now: Date): Promise<boolean> {
  const taken = await take(actor);
  if (!taken) return false;
  try {
    await draw(actor, taken);
    log("info", "print.drawn", { print: taken.id, places: taken.total, seconds: (Date.now() - now.getTime()) / 1_000 });
  } catch (error) {
    if (error instanceof NoLongerOurs) return true;
    log("error", "print.failed", { print: taken.id, organization: actor.organizationId, ...errorFields(error) });
    // What a rule refuses stays refused; anything else is tried again when the lease has run out, for an hour.
    if (error instanceof Refused) await giveUp(actor, taken, error.key);
    else if (now.getTime() - taken.at.getTime() > patienceMs) await giveUp(actor, taken, "placements.prints.failure");
    return false;
  }
  return true;
}

function take(actor: JobActor): Promise<Taken | null> {
  return ingest(actor, permission, async (tx) => {
    const [taken] = await tx.$queryRaw<Taken[]>`
      UPDATE print_batches SET done = 0, lease_until = clock_timestamp() + make_interval(secs => ${leaseSeconds}::float8)
      WHERE id = (SELECT id FROM print_batches WHERE organization_id = ${actor.organizationId}::uuid AND finished_at IS NULL AND canceled_at IS NULL
        AND failure = '' AND (lease_until IS NULL OR lease_until <= clock_timestamp()) ORDER BY at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING id, name, kind, total, at, person_id AS "personId", lease_until AS "leaseUntil"`;
    return taken ?? null;
  });
}

async function draw(actor: JobActor, taken: Taken): Promise<void> {
  const lease = { until: taken.leaseUntil };
  const codes = await codesOf(actor, taken);
  let told = Date.now();
  const onDrawn = async (done: number) => {
    if (Date.now() - told < 500) return;
    told = Date.now();
    lease.until = await goOn(actor, taken.id, lease.until, done);
  };
  const say = (key: string, values?: Record<string, string | number>) =>
    sentence(`placements.prints.${key}`, "ko", values);
  const words: SheetWords = {
    captionKo: say("captionKo"),
    captionEn: say("captionEn"),
    run: (number) => say("run", { number }),
  };
  const source =
    taken.kind === "files"
      ? printArchive(codes, taken.at, onDrawn)
      : Readable.from([await sheetOf(taken.kind, codes, words, taken, onDrawn)]);
  const draft = await fileStore().receive(source, mostBytes);
  const fileId = newFileId();
  let kept = false;
  try {
    await change(actor, permission, async (tx, record) => {
      const [row] = await tx.$queryRaw<{ leaseUntil: Date | null; canceled: boolean }[]>`
        SELECT lease_until AS "leaseUntil", canceled_at IS NOT NULL AS canceled FROM print_batches WHERE id = ${taken.id}::uuid FOR UPDATE`;
      if (!row || row.canceled || row.leaseUntil?.getTime() !== lease.until.getTime()) throw new NoLongerOurs();
      if (!kept) await draft.keep(fileId);
      kept = true;
      const { bytes, sha256 } = draft;
      const mime = taken.kind === "files" ? "application/zip" : "application/pdf";
      const name = `${taken.name}.${taken.kind === "files" ? "zip" : "pdf"}`;
      const { organizationId } = actor;
      await tx.evidenceFile.create({
        data: { id: fileId, organizationId, channelId: null, name, mime, bytes, sha256, personId: taken.personId },
      });
      await tx.printBatch.update({
        where: { id: taken.id },
        data: { done: taken.total, finishedAt: new Date(), fileId, leaseUntil: null },
      });
      await record({
        action: "print.drawn",
        target: { kind: "print", id: taken.id },
        body: { kind: taken.kind, places: taken.total, file: fileId, bytes, sha256 },
      });
    });
  } catch (error) {
    // A kept file may have its row after all, where only the answer was lost: the sweep of the store knows.
    if (!kept) await draft.discard();
    throw error;
  }
}

/** A paper, each code of which was read back out of the file. @throws Refused when one does not read as its own address */
async function sheetOf(
  kind: Exclude<PrintKind, "files">,
  codes: readonly SheetCode[],
  words: SheetWords,
  taken: Taken,
  onDrawn: (done: number) => Promise<void>,
): Promise<Buffer> {
  const company = sentence("placements.title", "ko");
  const bytes = await drawSheet(kind, codes, words, { title: taken.name, author: company, at: taken.at }, onDrawn);
  const read = readPdf(bytes);
  const wanted = codes.flatMap(({ address }) => (kind === "tent" ? [address, address] : [address]));
  if (read.length !== wanted.length || read.some((text, at) => text !== wanted[at]))
    throw new Refused("placements.qrs.fault.unreadable");
  return bytes;
}

async function codesOf(actor: JobActor, taken: Taken): Promise<SheetCode[]> {
  const origin = env().DAMSO_URL;
  return read(actor, permission, async (tx) => {
    const items = await tx.printBatchItem.findMany({
      where: { batchId: taken.id },
      orderBy: { place: "asc" },
      include: { placement: { select: { code: true, name: true, createdAt: true } } },
    });
    const versions = await qrsOfPrint(tx, taken.id);
    const codes: SheetCode[] = [];
    for (const { placement, placementId, runNumber } of items) {
      const settings = versions.get(placementId) ?? usualVersion(placement.createdAt);
      const address = qrAddress(origin, placement.code);
      // The paper sets the size; how far it is read from was the choice of whoever chose the paper.
      const size = taken.kind === "files" ? {} : { sideMm: papers[taken.kind].code, distanceCm: 5 };
      assertQrReads({ ...settings, ...size }, qrMatrix(address, settings.level).size);
      const logo = await logoOf(settings.logoFile, settings.level);
      codes.push({ address, code: placement.code, name: placement.name, runNumber, settings, logo });
    }
    return codes;
  });
}

/** Says how far it is and keeps the lease. @throws NoLongerOurs */
function goOn(actor: JobActor, id: string, leaseUntil: Date, done: number): Promise<Date> {
  return ingest(actor, permission, async (tx) => {
    const [row] = await tx.$queryRaw<{ until: Date }[]>`
      UPDATE print_batches SET done = ${done}, lease_until = clock_timestamp() + make_interval(secs => ${leaseSeconds}::float8)
      WHERE id = ${id}::uuid AND lease_until = ${leaseUntil} AND canceled_at IS NULL RETURNING lease_until AS until`;
    if (!row) throw new NoLongerOurs();
    return row.until;
  });
}

async function giveUp(actor: JobActor, taken: Taken, failure: string): Promise<void> {
  await change(actor, permission, async (tx, record) => {
    await tx.printBatch.updateMany({
      where: { id: taken.id, finishedAt: null, canceledAt: null },
      data: { failure, leaseUntil: null },
    });
    await record({
      action: "print.failed",
      target: { kind: "print", id: taken.id },
      result: "refused",
      body: { failure },
    });
  });
}
