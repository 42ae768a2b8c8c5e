// The operator's export: straight into a file on this machine, under the same rules as the console's.
import { randomBytes } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { recordAccess } from "@/lib/archive/access";
import { canonicalJson } from "@/lib/audit/record";
import type { OperatorActor } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { Refused } from "@/lib/errors";
import { sentence } from "@/lib/messages";
import { encryptedZip } from "@/lib/zip-stream";
import { exportName, passwordBytes, passwordOf } from "../rules/exports";
import type { ExportFilter, ExportFormat } from "../schema/exports";
import { exportBytes } from "./export-file";
import { exportedParts, type Ids } from "./export-source";
import { recordedFilter } from "./recorded-filter";
import { chosen, exportPurpose } from "./request-export";

export type FileOrder = {
  filter: ExportFilter;
  format: ExportFormat;
  unmasked: boolean;
  /** Name of a purpose that the company offers. */
  purpose: string;
  reason: string;
  /** A file that is not there yet. */
  out: string;
};

/**
 * Writes an encrypted archive, readable by its owner alone. An access record for every data subject comes first.
 * @returns its password, which nobody keeps
 * @throws Refused for an unknown purpose, nothing to take or too much; an error of the file system leaves no half file
 */
export async function exportToFile(
  actor: OperatorActor,
  { filter, format, unmasked, purpose, reason, out }: FileOrder,
  now: Date,
  progress: (sessions: number, of: number) => void,
): Promise<{ password: string; sessions: number }> {
  const { company, sessions } = await change(actor, "transcript:export", async (tx, record) => {
    const named = await tx.viewPurpose.findFirst({ where: { name: purpose, retiredAt: null }, select: { id: true } });
    if (!named) throw new Refused("transcripts.reading.purposeGone", "purposeId");
    const { separated } = await exportPurpose(tx, named.id, unmasked);
    const found = await chosen(tx, filter, separated, format, now);
    const given = canonicalJson(recordedFilter(actor.organizationId, filter));
    await recordAccess(
      tx,
      record,
      actor,
      { action: "export", sessions: found, purpose, reason, detail: { format, masked: !unmasked, filter: given } },
      { kind: "organization", id: actor.organizationId },
    );
    const own = await tx.organization.findFirst({ where: { id: actor.organizationId }, select: { name: true } });
    return { company: own?.name ?? "", sessions: found.map(({ id }) => id) };
  });
  const password = passwordOf(randomBytes(passwordBytes));
  const ids: Ids = async (_tx, after, take) => {
    const from = sessions.findIndex((id) => id > after);
    return from === -1 ? [] : sessions.slice(from, from + take);
  };
  let written = 0;
  const parts = exportedParts({ actor, permission: "transcript:export", masked: !unmasked, ids }, async (counts) => {
    progress(counts.written - written, sessions.length);
    written = counts.written;
  });
  const say = (key: string, values?: Record<string, string | number>) =>
    sentence(`transcripts.exports.file.${key}`, "ko", values);
  const bytes = exportBytes(format, parts, { company, purpose, reason, at: now, masked: !unmasked }, say);
  const target = createWriteStream(out, { flags: "wx", mode: 0o600 });
  let made = false;
  target.once("open", () => {
    made = true;
  });
  try {
    const { inner } = exportName(sessions[0] ?? "", format);
    await pipeline(encryptedZip(inner, password, bytes, now), target);
  } catch (error) {
    if (made) await rm(out, { force: true });
    throw error;
  }
  return { password, sessions: written };
}
