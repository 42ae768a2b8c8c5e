// A checkpoint is the head of a chain, kept outside: what it saw can neither be cut off nor rebuilt unnoticed.
import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { Refused } from "@/lib/errors";
import { auditKey } from "@/lib/keyring";
import { canonicalJson } from "./record";

const fields = {
  organization: z.uuid(),
  /** Number of the last linked entry; 0 for an empty chain. */
  seq: z.int().nonnegative(),
  /** Hash of that link, hex. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  /** When it was taken. */
  at: z.iso.datetime({ precision: 3 }),
  /** How many entries it covers. */
  events: z.int().nonnegative(),
};
const checkpointSchema = z.strictObject({ ...fields, mac: z.string().regex(/^[0-9a-f]{64}$/) });
/** A file holds one checkpoint or a list of them, one per organization. */
const fileSchema = z.union([checkpointSchema, z.array(checkpointSchema).min(1).max(10_000)]);

export type Checkpoint = z.infer<typeof checkpointSchema>;

/** Ahead of our clock by more than this, a checkpoint is from the future. */
const clockSlackMs = 5 * 60_000;

/** Adds the MAC that tells our checkpoints from edited ones. */
export function signCheckpoint(point: Omit<Checkpoint, "mac">): Checkpoint {
  return { ...point, mac: macOf(point).toString("hex") };
}

/** @throws Refused when the text is no checkpoint file. */
export function readCheckpointFile(text: string): Checkpoint[] {
  const parsed = fileSchema.safeParse(jsonOf(text));
  if (!parsed.success) throw new Refused("audit.checkpoint.unreadable");
  return [parsed.data].flat();
}

/**
 * Picks the checkpoint of an organization and checks that it can be compared with.
 * @throws Refused when it belongs to another organization, was changed or made elsewhere, or is from the future
 */
export function checkpointFor(points: readonly Checkpoint[], organizationId: string, now: Date): Checkpoint {
  const point = points.find(({ organization }) => organization === organizationId);
  if (!point) throw new Refused("audit.checkpoint.foreign");
  const { mac, ...rest } = point;
  if (!timingSafeEqual(Buffer.from(mac, "hex"), macOf(rest))) throw new Refused("audit.checkpoint.changed");
  if (Date.parse(point.at) > now.getTime() + clockSlackMs) throw new Refused("audit.checkpoint.future");
  return point;
}

function macOf(point: Omit<Checkpoint, "mac">): Buffer {
  const { organization, seq, hash, at, events } = point;
  const text = canonicalJson({ organization, seq, hash, at, events });
  return createHmac("sha256", auditKey()).update(`damso checkpoint\n${text}`).digest();
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON at all: the schema refuses it in one sentence.
    return undefined;
  }
}
