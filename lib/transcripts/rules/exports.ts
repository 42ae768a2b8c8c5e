// How much an export takes, how long it lives, where it stands. Pure.
import type { ExportFormat } from "../schema/exports";

/** How long an exported file lies ready (안전성 확보조치 기준 제12조: what is carried out is kept small and short). */
export const exportHours = 24;

/** Most consultations of one export. Sheets of paper are set much slower than rows. */
export const mostExported: Readonly<Record<ExportFormat, number>> = { ndjson: 50_000, csv: 50_000, pdf: 2_000 };

/** How long a maker has an export without saying that it goes on. */
export const exportLeaseSeconds = 120;

/** After so long nobody tries to make it any more. */
export const exportPatienceMs = 3_600_000;

export type ExportFacts = {
  startedAt: Date | null;
  finishedAt: Date | null;
  failure: string;
  expiresAt: Date | null;
  goneAt: Date | null;
  goneWhy: string;
};

export const exportStates = ["waiting", "making", "ready", "failed", "expired", "revoked", "destroyed"] as const;
export type ExportState = (typeof exportStates)[number];

/** An export whose time is over is gone from that moment, whether its file was removed yet or not. */
export function exportState(facts: ExportFacts, now: Date): ExportState {
  if (facts.goneAt) return facts.goneWhy === "revoked" || facts.goneWhy === "destroyed" ? facts.goneWhy : "expired";
  if (facts.failure !== "") return "failed";
  if (facts.finishedAt) return facts.expiresAt && facts.expiresAt <= now ? "expired" : "ready";
  return facts.startedAt ? "making" : "waiting";
}

export function exportExpiry(finishedAt: Date): Date {
  return new Date(finishedAt.getTime() + exportHours * 3_600_000);
}

/** Letters and digits that nobody takes for one another: 32, so 5 bits each. */
const alphabet = "abcdefghijkmnpqrstuvwxyz23456789";
/** Random bytes that a password asks for: 24 characters, 120 bits. */
export const passwordBytes = 24;

/** A password to be read out and typed, from random bytes: four groups of six. */
export function passwordOf(random: Uint8Array): string {
  const letters = Array.from(random.subarray(0, passwordBytes), (byte) => alphabet[byte % 32]).join("");
  return letters.match(/.{6}/g)?.join("-") ?? letters;
}

/** Name of the file within the archive, and of the archive without its ending. */
export function exportName(id: string, format: ExportFormat): { inner: string; outer: string } {
  const name = `transcripts-${id.slice(0, 8)}`;
  return { inner: `${name}.${format}`, outer: `${name}.zip` };
}
