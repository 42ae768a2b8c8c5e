// The demonstration's files: small pictures drawn here and kept as if fetched, and some that could not be. Nothing is left to be fetched.
import { crc32, deflateSync } from "node:zlib";
import { makeFileKey, sealStream } from "@/lib/archive/seal";
import type { PersonActor } from "@/lib/auth/actor";
import { ingest } from "@/lib/auth/door";
import { addDays, addMonths, kstDay, kstDayStart } from "@/lib/clock";
import { fileStore, newFileId } from "@/lib/storage";
import { fileHosts } from "./consults";
import { recordPastEvent } from "./past-event";
import { randomOf } from "./random";

type Row = { id: string; ring: string; kind: string; host: string; at: Date; externalId: string };

/** Decides about hosts, keeps pictures of allowed ones that are not due for long, and says why the others are not kept. */
export async function seedFiles(actor: PersonActor, channelId: string, now: Date): Promise<void> {
  const { organizationId } = actor;
  await allowHosts(actor, now);
  // Files are kept for half a year from the day on which they came; those of before went in their time.
  const since = kstDayStart(addMonths(addDays(kstDay(now), -2), -6));
  const keeping = await ingest(actor, "attachment-host:edit", async (tx) => {
    const rows = await tx.$queryRaw<Row[]>`
      SELECT a.id, k.ring, a.kind, a.host, a.at, s.external_id AS "externalId"
      FROM attachments a JOIN consult_sessions s ON s.id = a.session_id JOIN session_keys k ON k.session_id = s.id
      WHERE s.channel_id = ${channelId}::uuid AND a.state = 'waiting' ORDER BY a.at, a.id`;
    const gone = rows.filter(({ at }) => at < since);
    const undecided = rows.filter((row) => !gone.includes(row) && row.host === fileHosts[2]);
    const allowed = rows.filter((row) => !gone.includes(row) && !undecided.includes(row));
    const lost = allowed.filter(({ externalId }) => randomOf(`loss of ${externalId}`)() < 0.08);
    const say = (some: Row[], data: { state: string; reason?: string; tries?: number }) =>
      tx.attachment.updateMany({ where: { id: { in: some.map(({ id }) => id) } }, data: { ...data, nextTryAt: null } });
    await say(gone, { state: "destroyed" });
    await say(undecided, { state: "not-kept", reason: "host-not-allowed" });
    await say(lost, { state: "not-kept", reason: "gone", tries: 1 });
    const keys = new Map<string, Buffer>();
    const kept = allowed.filter((row) => !lost.includes(row));
    for (const { id, ring } of kept) keys.set(id, await makeFileKey(tx, organizationId, id, ring));
    return kept.map((row) => ({ ...row, key: keys.get(row.id) ?? Buffer.alloc(0) }));
  });
  const stored = await Promise.all(
    keeping.map(async ({ id, key, kind, externalId }) => {
      const fileId = newFileId();
      const stream = sealStream(key, fileId);
      stream.end(kind === "photo" ? picture(randomOf(`picture ${externalId}`)) : paper());
      const { bytes, sha256 } = await fileStore().putStream(fileId, stream, 1_000_000);
      return { id, fileId, sha256, bytes, mime: kind === "photo" ? "image/png" : "application/pdf" };
    }),
  );
  await ingest(
    actor,
    "attachment-host:edit",
    (tx) => tx.$executeRaw`
      UPDATE attachments a SET state = 'kept', tries = 1, next_try_at = NULL, file_id = g.file_id, sha256 = g.sha256, bytes = g.bytes, mime = g.mime
      FROM unnest(${stored.map(({ id }) => id)}::uuid[], ${stored.map(({ fileId }) => fileId)}::text[], ${stored.map(({ sha256 }) => sha256)}::text[],
        ${stored.map(({ bytes }) => bytes)}::bigint[], ${stored.map(({ mime }) => mime)}::text[]) AS g (id, file_id, sha256, bytes, mime) WHERE a.id = g.id`,
  );
}

async function allowHosts(actor: PersonActor, now: Date): Promise<void> {
  const { organizationId, personId } = actor;
  const at = new Date(kstDayStart(addDays(kstDay(now), -85)).getTime() + 10.4 * 3_600_000);
  await ingest(actor, "attachment-host:edit", async (tx) => {
    for (const host of fileHosts.slice(0, 2)) {
      const known = await tx.attachmentHost.findFirst({ where: { organizationId, host } });
      if (known) continue;
      await tx.attachmentHost.create({ data: { organizationId, host, personId, at } });
      const target = { kind: "attachment-host", id: host };
      await recordPastEvent(tx, actor, at, { action: "attachment-host.allowed", target, body: { again: 0 } });
    }
  });
}

const wide = 160;
const high = 120;

/** A picture of a few coloured boxes, as PNG. */
export function picture(random: () => number): Buffer {
  const rows = Buffer.alloc(high * (1 + wide * 3));
  const boxes = Array.from({ length: 5 }, () => ({
    ...{ left: random() * wide, top: random() * high, width: 20 + random() * 70, height: 15 + random() * 60 },
    color: [90 + random() * 150, 90 + random() * 150, 90 + random() * 150],
  }));
  for (let y = 0; y < high; y += 1) {
    for (let x = 0; x < wide; x += 1) {
      const box = boxes.find((b) => x >= b.left && x < b.left + b.width && y >= b.top && y < b.top + b.height);
      const at = y * (1 + wide * 3) + 1 + x * 3;
      (box?.color ?? [236, 232, 224]).forEach((value, part) => {
        rows[at + part] = value;
      });
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(wide, 0);
  header.writeUInt32BE(high, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from("89504e470d0a1a0a", "hex");
  return Buffer.concat([
    signature,
    part("IHDR", header),
    part("IDAT", deflateSync(rows)),
    part("IEND", Buffer.alloc(0)),
  ]);
}

function part(name: string, data: Buffer): Buffer {
  const whole = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(whole), 4);
  return Buffer.concat([ends.subarray(0, 4), whole, ends.subarray(4)]);
}

/** One empty page. */
export function paper(): Buffer {
  const objects = [
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]>>",
  ];
  let text = "%PDF-1.4\n";
  const places = objects.map((object, index) => {
    const place = text.length;
    text += `${index + 1} 0 obj${object}endobj\n`;
    return `${String(place).padStart(10, "0")} 00000 n \n`;
  });
  const start = text.length;
  text += `xref\n0 4\n0000000000 65535 f \n${places.join("")}trailer<</Size 4/Root 1 0 R>>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(text, "latin1");
}
