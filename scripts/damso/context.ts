// What every operator command shares: settings, the database's lifetime, and how results are shown.
import path from "node:path";
import { type Env, env } from "@/lib/env";
import { startPostgres } from "../postgres.mjs";
import { loadSettings } from "../settings.mjs";

type Value =
  | string
  | number
  | boolean
  | null
  | undefined
  | Date
  | bigint
  | readonly Value[]
  | { readonly [key: string]: Value };
/** One thing as a command shows it; instants as ISO strings or Date. */
export type Shown = { readonly [key: string]: Value };

/** Given to every command. `open()` before anything that needs settings or the database. */
export class CommandContext {
  /** Set by a command that ran but found something bad. */
  exitCode = 0;
  private release: (() => Promise<void>) | undefined;
  private closing: (() => Promise<void>)[] = [];

  constructor(
    /** Whether machines read the output. */
    readonly json: boolean,
    private readonly from: string,
  ) {}

  /** Fills in the settings and starts the embedded database where DATABASE_URL is unset. @throws SettingError and other sentences */
  async open(): Promise<Env> {
    loadSettings();
    if (!process.env.DATABASE_URL) {
      const starting = startPostgres();
      // also for an interruption while it starts
      this.release = async () => (await starting.catch(() => undefined))?.release();
      process.env.DATABASE_URL = (await starting).url;
    }
    return env();
  }

  /** Runs when the command has ended, whatever came of it; last first. */
  atEnd(work: () => Promise<void>): void {
    this.closing.unshift(work);
  }

  async close(): Promise<void> {
    const work = this.closing.splice(0);
    const release = this.release;
    this.release = undefined;
    for (const end of work) await end();
    await release?.();
  }

  /** A file that a person named, absolute: relative names start at the folder of the terminal. */
  file(name: string): string {
    return path.resolve(this.from, name);
  }

  /** Shows one thing: an object, or `label: value` lines (`lines` instead, where given). */
  one(value: Shown, lines?: readonly string[]): void {
    if (this.json) this.write(JSON.stringify(plain(value)));
    else if (lines) for (const line of lines) this.write(line);
    else for (const [name, entry] of Object.entries(value)) this.write(`${name}: ${shown(entry)}`);
  }

  /** Shows a list: `{ items, next }`, or a table with the first item's fields as columns. */
  list(items: readonly Shown[], next: string | null = null): void {
    if (this.json) this.write(JSON.stringify({ items: plain(items), next }));
    else if (items.length === 0) this.write("없습니다. / None.");
    else for (const line of table(items)) this.write(line);
    if (!this.json && next) this.write(`다음 / next: ${next}`);
  }

  /** Progress of long work on stderr, so that stdout stays the result: a moving line on a terminal, a line each 5 s in a log. */
  progress(label: string, total: number): { advance: (by?: number) => void; end: () => void } {
    const terminal = process.stderr.isTTY;
    let done = 0;
    let last = 0;
    const show = (force: boolean) => {
      const now = performance.now();
      if (!force && now - last < (terminal ? 100 : 5_000)) return;
      last = now;
      const percent = total > 0 ? Math.floor((done / total) * 100) : 100;
      process.stderr.write(
        `${terminal ? "\r\x1b[K" : ""}${label} ${percent}% (${done}/${total})${terminal && !force ? "" : "\n"}`,
      );
    };
    return {
      advance: (by = 1) => {
        done += by;
        show(false);
      },
      end: () => show(true),
    };
  }

  /** One line on stdout. */
  write(line: string): void {
    process.stdout.write(`${line}\n`);
  }
}

function plain(value: Value): unknown {
  if (typeof value === "bigint") return value <= Number.MAX_SAFE_INTEGER ? Number(value) : value.toString();
  if (value instanceof Date || value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(plain);
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, plain(entry)]));
}

function shown(value: Value): string {
  if (value === null || value === undefined || value === "") return "–";
  if (value instanceof Date) return value.toISOString();
  return typeof value === "object" ? JSON.stringify(plain(value)) : String(value);
}

function table(items: readonly Shown[]): string[] {
  const columns = Object.keys(items[0] ?? {});
  const rows = [columns, ...items.map((item) => columns.map((column) => shown(item[column])))];
  const widths = columns.map((_, i) => Math.max(...rows.map((row) => width(row[i] ?? ""))));
  return rows.map((row) =>
    row
      .map((cell, i) => cell + " ".repeat((widths[i] ?? 0) - width(cell)))
      .join("  ")
      .trimEnd(),
  );
}

/** Columns that a text takes on a terminal: Hangul and Hanja take two. */
function width(text: string): number {
  let columns = 0;
  for (const character of text)
    columns += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60]/.test(character)
      ? 2
      : 1;
  return columns;
}
