// Who pressed twice today, without keeping who: a salt of the day, in the keyring, thrown away with the day.
import { hash, randomBytes, randomUUID } from "node:crypto";
import { linkSync, mkdirSync, readdirSync, readFileSync, rmSync, unlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { kstDay } from "@/lib/clock";
import { env } from "@/lib/env";

const dayMs = 86_400_000;
const mostKept = 20_000;

/** Hashes address and agent with the day's salt; 16 hex digits. Yesterday's salt is gone, so nobody can ask whose a hash was. */
export class VisitorHash {
  private salt = "";
  private endsAt = 0;
  private readonly kept = new Map<string, string>();

  of(address: string, agent: string, now: number): string {
    if (now >= this.endsAt) this.turn(now);
    const key = `${address}\n${agent}`;
    const known = this.kept.get(key);
    if (known) return known;
    const made = hash("sha256", `${this.salt}\n${key}`, "hex").slice(0, 16);
    if (this.kept.size >= mostKept) this.kept.clear();
    this.kept.set(key, made);
    return made;
  }

  private turn(now: number): void {
    const day = kstDay(new Date(now));
    this.endsAt = Date.parse(`${day}T00:00:00+09:00`) + dayMs;
    this.salt = daySalt(day);
    this.kept.clear();
  }
}

/** Shared by the processes of one keyring; made by whoever comes first. */
function daySalt(day: string): string {
  const folder = path.join(env().DAMSO_KEYRING, "press-salt");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(folder)) if (!name.startsWith(day)) rmSync(path.join(folder, name), { force: true });
  const target = path.join(folder, `${day}.key`);
  const draft = `${target}.${randomUUID()}`;
  writeFileSync(draft, randomBytes(32).toString("hex"), { mode: 0o600, flag: "wx" });
  try {
    linkSync(draft, target);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  } finally {
    unlinkSync(draft);
  }
  return readFileSync(target, "latin1");
}
