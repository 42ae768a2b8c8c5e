// Spool files into PostgreSQL, each line once: the position moves in the batch's own transaction.
import { constants } from "node:fs";
import { open, readdir, stat, unlink } from "node:fs/promises";
import path from "node:path";
import type { JobActor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import type { StandingConnection } from "@/lib/db/standing-connection";
import { errorFields, log } from "@/lib/log";
import { readPresses } from "./press-line";
import { type PressSpool, writableMs } from "./press-spool";

const everyMs = 50;
const chunkBytes = 256 * 1024;
/** Others' files are looked at this often, and left to their writer for as long as it may still be counting them. */
const lookMs = 5_000;
/** Twice what a writer keeps a file open for: nobody appends to it any more. */
const finishedMs = 2 * writableMs;
/** How long the position of a removed file is kept: longer than anybody's batch can take. */
const forgetMs = 60_000;
const fileName = /^(\d{13})-[0-9a-f-]{36}-\d+\.log$/;

/** Presses of all organizations go into one batch, by a function of the migrating role: the rows are their own record. */
const recorder: JobActor = { kind: "job", name: "presses", organizationId: "" };

type Asker = Pick<StandingConnection, "query" | "connected">;

/** Counts this process's spool every 50 ms, and now and then what dead ones left in the folder. */
export class PressBatch {
  private readonly positions = new Map<string, number>();
  private readonly removed = new Map<string, number>();
  private timer: NodeJS.Timeout | undefined;
  private looking: NodeJS.Timeout | undefined;
  private work: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly spool: PressSpool,
    private readonly database: Asker,
  ) {}

  start(): void {
    authorize(recorder, "press:record");
    this.looking = setInterval(() => this.enqueue(() => this.adopt()), lookMs);
    this.looking.unref();
    this.enqueue(() => this.adopt());
  }

  /** Something was written: it is counted within some 50 ms. */
  readonly wake = (): void => {
    if (this.timer || this.stopped) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.enqueue(() => this.countOwn());
      this.enqueue(() => this.tellFailures());
    }, everyMs);
  };

  /** Counts what is left, if the database answers within `limitMs`; the rest waits on disk for the next start. */
  async stop(limitMs: number): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    clearInterval(this.looking);
    this.enqueue(() => this.countOwn());
    this.enqueue(() => this.tellFailures());
    let late: NodeJS.Timeout | undefined;
    await Promise.race([this.work, new Promise((resolve) => (late = setTimeout(resolve, limitMs)))]);
    clearTimeout(late);
  }

  /** Counts every file of the folder that nobody has counted for a while. */
  async adopt(): Promise<void> {
    await this.forget();
    const own = new Set(this.spool.files.map((file) => file.name));
    for (const name of (await readdir(this.spool.folder)).sort()) {
      const openedAt = Number(fileName.exec(name)?.[1] ?? 0);
      if (openedAt === 0 || own.has(name)) continue;
      const { mtimeMs } = await stat(path.join(this.spool.folder, name)).catch(() => ({
        mtimeMs: Number.POSITIVE_INFINITY,
      }));
      if (Date.now() - mtimeMs < lookMs && !this.stopped) continue;
      const done = await this.countFile(name);
      if (done && Date.now() - openedAt > finishedMs) await this.remove(name);
    }
    await this.countOwn();
  }

  private enqueue(work: () => Promise<void>): void {
    this.work = this.work.then(work).catch((error: unknown) => {
      log("error", "presses.waiting", { files: this.spool.files.length, ...errorFields(error) });
      if (!this.stopped) setTimeout(this.wake, 500).unref();
    });
  }

  private async countOwn(): Promise<void> {
    if (!this.database.connected) {
      if (!this.stopped) setTimeout(this.wake, 500).unref();
      return;
    }
    for (const file of [...this.spool.files]) {
      const done = await this.countFile(file.name);
      if (done && file !== this.spool.current) {
        this.spool.files.splice(this.spool.files.indexOf(file), 1);
        await this.remove(file.name);
      }
    }
  }

  private async tellFailures(): Promise<void> {
    if (this.database.connected) await this.spool.failures.tell(this.database);
  }

  /** True when every whole line of the file is counted. */
  private async countFile(name: string): Promise<boolean> {
    const handle = await open(path.join(this.spool.folder, name), constants.O_RDONLY).catch((error: unknown) => {
      // Whoever removed it had counted it.
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
      throw error;
    });
    if (!handle) return true;
    try {
      const buffer = Buffer.allocUnsafe(chunkBytes);
      let position = this.positions.get(name) ?? (await this.askPosition(name));
      for (;;) {
        const { bytesRead } = await handle.read(buffer, 0, chunkBytes, position);
        const length = bytesRead === 0 ? 0 : buffer.subarray(0, bytesRead).lastIndexOf(10) + 1;
        if (length === 0) {
          this.positions.set(name, position);
          return true;
        }
        position = await this.record(name, position, buffer.toString("latin1", 0, length), length);
        this.positions.set(name, position);
      }
    } finally {
      await handle.close();
    }
  }

  private async record(name: string, from: number, text: string, length: number): Promise<number> {
    const { batch, damaged } = readPresses(text);
    if (damaged > 0) log("error", "presses.damaged", { file: name, from, lines: damaged });
    // Fields are digits, letters and hyphens by the line's shape: an array literal needs no quoting.
    const array = (items: readonly string[]) => `{${items.join(",")}}`;
    const hashes = `{${batch.hashes.map((hash) => `"\\\\x${hash}"`).join(",")}}`;
    const [row] = await this.database.query<{ counted: string }>(
      `SELECT damso_record_presses($1, $2, $3, $4::uuid[], $5::uuid[], $6::bigint[], $7::text[], $8::text[], $9::bytea[]) AS counted`,
      [
        name,
        from,
        from + length,
        array(batch.organizations),
        array(batch.placements),
        array(batch.instants),
        array(batch.kinds),
        array(batch.visitors),
        hashes,
      ],
      "damso_record_presses",
    );
    return Number(row?.counted ?? from);
  }

  private async askPosition(name: string): Promise<number> {
    const [row] = await this.database.query<{ counted: string }>("SELECT counted FROM damso_spool_positions($1)", [
      [name],
    ]);
    return Number(row?.counted ?? 0);
  }

  private async remove(name: string): Promise<void> {
    await unlink(path.join(this.spool.folder, name)).catch((error: unknown) => {
      if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
    });
    this.positions.delete(name);
    this.removed.set(name, Date.now());
  }

  private async forget(): Promise<void> {
    const old = [...this.removed].filter(([, at]) => Date.now() - at > forgetMs).map(([name]) => name);
    if (old.length === 0 || !this.database.connected) return;
    await this.database.query("SELECT damso_forget_spools($1)", [old]);
    for (const name of old) this.removed.delete(name);
  }
}
