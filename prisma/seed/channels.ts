// Channels as a company has them: for the demonstration, for tests and for e2e. Everything is dated back from `now` and the same each time.
import { createHash } from "node:crypto";
import { deflateSync } from "node:zlib";
import type { AuditEntry } from "@/lib/audit/record";
import type { PersonActor } from "@/lib/auth/actor";
import { ingest } from "@/lib/auth/door";
import { addDays, kstDay, kstDayStart } from "@/lib/clock";
import { fileStore } from "@/lib/storage";
import { type ChannelPlan, dureChannel, hangyeolChannels, type Said } from "./channel-plans";
import { writeChecks, writeGoLive, writePlans } from "./onboarding";
import { recordPastEvent } from "./past-event";

export type ChannelContext = {
  now: Date;
  /** Opens channels and takes them live. */
  admin: PersonActor;
  /** Marks items and attaches evidence; of the same organization. */
  officer: PersonActor;
  /** Colleagues by name, for who looks after an item; without it nobody is named. */
  personId?: (name: string) => string;
};

/** The three channels of 한결생활: live, preparing, and live with an end near. @returns their ids by name */
export async function seedHangyeolChannels(
  context: ChannelContext,
): Promise<Record<keyof typeof hangyeolChannels, string>> {
  return {
    membership: await makeChannel(context, hangyeolChannels.membership),
    life: await makeChannel(context, hangyeolChannels.life),
    business: await makeChannel(context, hangyeolChannels.business),
  };
}

/** The one channel of the other organization. @returns its id */
export async function seedDureChannel(context: ChannelContext): Promise<string> {
  return makeChannel(context, dureChannel);
}

const actions = {
  done: "onboarding.marked",
  reopened: "onboarding.reopened",
  "not-applicable": "onboarding.not-applicable",
} as const;

/** Makes one channel with its history and evidence, once. @returns its id */
export async function makeChannel(context: ChannelContext, plan: ChannelPlan): Promise<string> {
  const { now, admin, officer } = context;
  const { organizationId } = admin;
  const id = seededId(organizationId, plan.searchId);
  // People work from nine to five, each time at another minute.
  const ago = (days: number) => {
    const minute = 9 * 60 + (createHash("sha256").update(`${id}:${days}`).digest().readUInt16BE(0) % 480);
    return new Date(kstDayStart(addDays(kstDay(now), -days)).getTime() + minute * 60_000);
  };
  const said = await Promise.all(plan.said.map((one, index) => kept(one, `${id}:${index}`)));
  return ingest(admin, "channel:open", async (tx) => {
    const target = { kind: "channel", id };
    if ((await tx.channel.count({ where: { id } })) > 0) return id;
    const { searchId, name, publicId, dealer, contact, privacyUrl = null } = plan;
    const categoryCode = "00100010001";
    const senderKey = createHash("sha1").update(id).digest("hex");
    const createdAt = ago(plan.openedDaysAgo);
    await tx.channel.create({
      data: {
        ...{ id, organizationId, searchId, name, publicId, senderKey, dealer, contact, createdAt },
        ...{ categoryCode, privacyUrl },
      },
    });
    await recordPastEvent(tx, admin, createdAt, { action: "channel.opened", target });
    for (const { one, file } of said) {
      const actor = one.by === "admin" ? admin : officer;
      const { personId } = actor;
      const at = ago(one.daysAgo);
      const { item, kind = "done", note = "" } = one;
      if (file) {
        await tx.evidenceFile.create({ data: { ...file, organizationId, channelId: id, personId, createdAt: at } });
      }
      await tx.onboardingMark.create({
        data: { organizationId, channelId: id, item, kind, note, fileId: file?.id ?? null, personId, at },
      });
      const action = file ? "evidence.attached" : actions[kind];
      const body: AuditEntry["body"] = { item };
      if (file) Object.assign(body, { file: file.id, sha256: file.sha256, bytes: file.bytes });
      await recordPastEvent(tx, actor, at, { action, target, body });
    }
    await writePlans(tx, context, id, plan.due ?? {});
    await writeChecks(tx, context, id, plan.checks ?? []);
    if (plan.wentLiveDaysAgo !== undefined) await writeGoLive(tx, context, id, ago(plan.wentLiveDaysAgo));
    const { personId } = admin;
    if (plan.end) {
      const at = ago(6);
      const endsOn = addDays(kstDay(now), plan.end.inDays);
      const { reason } = plan.end;
      await tx.channelEnd.create({
        data: { channelId: id, organizationId, personId, endsOn: new Date(`${endsOn}T00:00:00Z`), reason, at },
      });
      const body = { before: null, endsOn };
      await recordPastEvent(tx, admin, at, { action: "channel.end-set", target, body });
    }
    return id;
  });
}

type KeptFile = { id: string; name: string; mime: string; bytes: number; sha256: string };

async function kept(one: Said, seed: string): Promise<{ one: Said; file: KeptFile | null }> {
  if (!one.file) return { one, file: null };
  const digest = createHash("sha256").update(`file:${seed}`).digest();
  const id = digest.toString("base64url").slice(0, 22);
  const { bytes, mime } = content(one.file, digest.readUInt16BE(0));
  const sum = await fileStore().putStream(id, once(bytes), bytes.length);
  return { one, file: { id, name: one.file, mime, ...sum } };
}

/** The bytes as the file store takes them. */
export async function* once(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** The same id for the same things: seeded rows are known by it. */
export function seededId(...parts: readonly string[]): string {
  const bytes = createHash("sha256").update(parts.join("\n")).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** A small real file of the kind that its name ends in; `number` makes each one different. */
export function content(name: string, number: number): { bytes: Buffer; mime: string } {
  if (name.endsWith(".png")) return { bytes: blankScreen(number), mime: "image/png" };
  if (name.endsWith(".csv"))
    return {
      bytes: Buffer.from(`\ufeff번호,차단한 날\r\n1,2025-01-${String((number % 28) + 1).padStart(2, "0")}\r\n`),
      mime: "text/csv; charset=utf-8",
    };
  return { bytes: onePage(`Demonstration document of Damso, no. ${number}`), mime: "application/pdf" };
}

/** An empty grey screen, 320 wide. */
function blankScreen(number: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const frame = Buffer.alloc(8 + body.length);
    frame.writeUInt32BE(data.length, 0);
    body.copy(frame, 4);
    frame.writeUInt32BE(crc32(body), 4 + body.length);
    return frame;
  };
  const height = 200 + (number % 400);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(320, 0);
  head.writeUInt32BE(height, 4);
  head.writeUInt8(8, 8);
  const pixels = Buffer.concat(
    Array.from({ length: height }, () => Buffer.concat([Buffer.alloc(1), Buffer.alloc(320, 0xe2)])),
  );
  return Buffer.concat([
    Buffer.from("89504e470d0a1a0a", "hex"),
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(pixels)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function crc32(bytes: Buffer): number {
  let rest = 0xffffffff;
  for (const byte of bytes) {
    rest ^= byte;
    for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  }
  return (rest ^ 0xffffffff) >>> 0;
}

/** A PDF of one page with one line. */
function onePage(line: string): Buffer {
  const text = `BT /F1 14 Tf 72 760 Td (${line}) Tj ET`;
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
  ];
  let body = "%PDF-1.4\n";
  const offsets = objects.map((object, index) => {
    const at = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(at).padStart(10, "0")} 00000 n \n`;
  });
  const start = body.length;
  body += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.join("")}`;
  body += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(body, "latin1");
}
