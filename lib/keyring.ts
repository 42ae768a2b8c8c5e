// Keys that lie outside PostgreSQL and its backups, one file each, under DAMSO_KEYRING.
import { createHash, createHmac, randomBytes, randomUUID } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import path from "node:path";
import { env } from "@/lib/env";

const cache = new Map<string, Buffer>();

/** Key for the MAC of audit entries; made at first use, kept for ever. */
export function auditKey(): Buffer {
  return key("audit.key");
}

/** Key of one organization's user handles: without it no user_key can be matched to a handle. */
export function handleKey(organizationId: string): Buffer {
  return key(path.join(organizationId, "handle.key"));
}

/** How long a ring key is used from memory before its file is asked for again: destroyed elsewhere, it is gone here too by then. */
export const ringMemoryMs = 1_000;
const ringSweepMs = 30_000;
const rings = new Map<string, { bytes: Buffer; seen: number }>();
const ringSweep = { begun: false };

/**
 * Ring key that wraps session and file keys (lib/archive/rings.ts says which hangs on which).
 * Made on first use; `createIfMissing: false` answers null for a destroyed one.
 */
export function ringKey(organizationId: string, name: string): Buffer;
export function ringKey(organizationId: string, name: string, options: { createIfMissing: false }): Buffer | null;
export function ringKey(organizationId: string, name: string, options?: { createIfMissing: false }): Buffer | null {
  const file = ringFile(organizationId, name);
  const held = rings.get(file);
  const at = performance.now();
  if (held && at - held.seen < ringMemoryMs) return held.bytes;
  if (held && existsSync(/* turbopackIgnore: true */ placeOf(file))) {
    held.seen = at;
    return held.bytes;
  }
  if (held) forgetRing(file);
  const bytes = stored(file) ?? (options ? null : make(file));
  if (!bytes) return null;
  rings.set(file, { bytes, seen: at });
  if (!ringSweep.begun) setInterval(forgetGoneRings, ringSweepMs).unref();
  ringSweep.begun = true;
  return bytes;
}

/** Ring keys of an organization that lie in the keyring, with the instant at which each was made. */
export function listRings(organizationId: string): { name: string; madeAt: Date }[] {
  const folder = placeOf(organizationId);
  if (!existsSync(/* turbopackIgnore: true */ folder)) return [];
  return readdirSync(/* turbopackIgnore: true */ folder).flatMap((file) => {
    const name = /^ring-([\w-]+)\.key$/.exec(file)?.[1];
    return name ? [{ name, madeAt: statSync(/* turbopackIgnore: true */ path.join(folder, file)).mtime }] : [];
  });
}

/** Hex SHA-256 of a ring key: tells a copy that turns up, gives nothing away of 256 random bits. Null when it is not there. */
export function ringFingerprint(organizationId: string, name: string): string | null {
  const bytes = stored(ringFile(organizationId, name));
  return bytes && createHash("sha256").update(bytes).digest("hex");
}

/** Overwrites a ring key's file, takes it away and forgets the key. For ever: only lib/archive/rings.ts calls it. False: it was gone. */
export function destroyRing(organizationId: string, name: string): boolean {
  const file = ringFile(organizationId, name);
  const target = placeOf(file);
  forgetRing(file);
  if (!existsSync(/* turbopackIgnore: true */ target)) return false;
  const opened = openSync(/* turbopackIgnore: true */ target, "r+");
  try {
    writeSync(opened, randomBytes(32), 0, 32, 0);
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
  unlinkSync(/* turbopackIgnore: true */ target);
  syncFolder(path.dirname(target));
  return true;
}

/** Appends to a file of an organization's keyring folder, synced before it returns. What a crash cut off stays a line of its own. */
export function appendToKeyring(organizationId: string, name: string, text: string): void {
  const target = placeOf(path.join(organizationId, name));
  mkdirSync(/* turbopackIgnore: true */ path.dirname(target), { recursive: true, mode: 0o700 });
  const isNew = !existsSync(/* turbopackIgnore: true */ target);
  const file = openSync(/* turbopackIgnore: true */ target, "a", 0o600);
  try {
    writeSync(file, isNew ? text : `\n${text}`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  if (isNew) syncFolder(path.dirname(target));
}

function ringFile(organizationId: string, name: string): string {
  if (!/^[\w-]{1,40}$/.test(name)) throw new Error("not a ring's name");
  return path.join(organizationId, `ring-${name}.key`);
}

function forgetRing(file: string): void {
  rings.get(file)?.bytes.fill(0);
  rings.delete(file);
}

function forgetGoneRings(): void {
  for (const file of rings.keys()) if (!existsSync(/* turbopackIgnore: true */ placeOf(file))) forgetRing(file);
}

/** Keyed handle of a user: HMAC-SHA256 over channel and user_key, first 16 bytes. Case-sensitive, per channel (field-facts 1.1). */
export function userHandle(organizationId: string, channelId: string, userKey: string): Buffer {
  return createHmac("sha256", handleKey(organizationId)).update(`${channelId}\n${userKey}`).digest().subarray(0, 16);
}

function key(name: string): Buffer {
  const bytes = existing(name) ?? make(name);
  cache.set(name, bytes);
  return bytes;
}

function existing(name: string): Buffer | null {
  const cached = cache.get(name);
  if (cached) return cached;
  const bytes = stored(name);
  if (bytes) cache.set(name, bytes);
  return bytes;
}

function placeOf(name: string): string {
  return path.join(env().DAMSO_KEYRING, name);
}

function stored(name: string): Buffer | null {
  try {
    const bytes = readFileSync(/* turbopackIgnore: true */ placeOf(name));
    if (bytes.length !== 32) throw new Error(`The key file ${name} is damaged: ${bytes.length} bytes instead of 32`);
    return bytes;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

/** Written whole and synced beside its place, then linked: two processes agree on the first one, a crash leaves no half key. */
function make(name: string): Buffer {
  const target = placeOf(name);
  const folder = path.dirname(target);
  mkdirSync(/* turbopackIgnore: true */ folder, { recursive: true, mode: 0o700 });
  const draft = `${target}.${randomUUID()}`;
  const file = openSync(/* turbopackIgnore: true */ draft, "wx", 0o600);
  try {
    writeSync(file, randomBytes(32));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  try {
    linkSync(/* turbopackIgnore: true */ draft, target);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  } finally {
    unlinkSync(/* turbopackIgnore: true */ draft);
  }
  syncFolder(folder);
  const made = stored(name);
  if (!made) throw new Error(`The key file ${name} could not be read back`);
  return made;
}

function syncFolder(folder: string): void {
  const directory = openSync(/* turbopackIgnore: true */ folder, "r");
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}
