// Keys that lie outside PostgreSQL and its backups, one file each, under DAMSO_KEYRING.
import { createHmac, randomBytes, randomUUID } from "node:crypto";
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, unlinkSync, writeSync } from "node:fs";
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

/**
 * Ring key that wraps session and file keys, one per organization and KST day ("2026-11-22").
 * Made on first use; `createIfMissing: false` answers null for a destroyed one.
 */
export function ringKey(organizationId: string, day: string): Buffer;
export function ringKey(organizationId: string, day: string, options: { createIfMissing: false }): Buffer | null;
export function ringKey(organizationId: string, day: string, options?: { createIfMissing: false }): Buffer | null {
  const name = path.join(organizationId, `ring-${day}.key`);
  return options ? existing(name) : key(name);
}

/** Keyed handle of a user: HMAC-SHA256 over channel and user_key, first 16 bytes. Case-sensitive, per channel (field-facts 1.1). */
export function userHandle(organizationId: string, channelId: string, userKey: string): Buffer {
  return createHmac("sha256", handleKey(organizationId)).update(`${channelId}\n${userKey}`).digest().subarray(0, 16);
}

function key(name: string): Buffer {
  return existing(name) ?? create(name);
}

function existing(name: string): Buffer | null {
  const cached = cache.get(name);
  if (cached) return cached;
  try {
    const bytes = readFileSync(/* turbopackIgnore: true */ path.join(env().DAMSO_KEYRING, name));
    if (bytes.length !== 32) throw new Error(`The key file ${name} is damaged: ${bytes.length} bytes instead of 32`);
    cache.set(name, bytes);
    return bytes;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

/** Written whole and synced beside its place, then linked: two processes agree on the first one, a crash leaves no half key. */
function create(name: string): Buffer {
  const target = path.join(env().DAMSO_KEYRING, name);
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
  const directory = openSync(/* turbopackIgnore: true */ folder, "r");
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
  const made = existing(name);
  if (!made) throw new Error(`The key file ${name} could not be read back`);
  return made;
}
