// Presses on disk before they are answered: one write per turn of the event loop, files of this process alone.
import { randomUUID } from "node:crypto";
import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import path from "node:path";
import { errorFields, log } from "@/lib/log";
import { PressFailures } from "./press-failures";

/** A file is written to for this long at most: whoever finds an older one knows that it is finished (press-batch.ts). */
export const writableMs = 5 * 60_000;
const largestBytes = 8 * 1024 * 1024;

type Waiting = (recorded: boolean) => void;
export type SpoolFile = { name: string; openedAt: number; bytes: number };

/** Appends lines and answers after the write. What cannot be written is answered all the same, and counted in the log. */
export class PressSpool {
  /** Files of this process that may hold uncounted presses, oldest first; the last one is written to. */
  readonly files: SpoolFile[] = [];
  private readonly instance = randomUUID();
  private number = 0;
  private descriptor: number | undefined;
  private text = "";
  private waiting: Waiting[] = [];
  /** What could not be written down. */
  readonly failures = new PressFailures();
  private saidLostAt = 0;

  /** @param onWritten called after each write, also one that failed: what was written, and what was not, gets counted soon */
  constructor(
    readonly folder: string,
    private readonly onWritten: () => void,
  ) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  /** @param line ends with a newline, ASCII @param answer called in this turn of the event loop, once the line is in the file */
  append(line: string, answer: Waiting): void {
    if (this.waiting.length === 0) setImmediate(this.write);
    this.text += line;
    this.waiting.push(answer);
  }

  /** Writes what waits and closes the file. */
  close(): void {
    this.write();
    this.shut();
  }

  /** The file written to, if there is one. */
  get current(): SpoolFile | undefined {
    return this.descriptor === undefined ? undefined : this.files.at(-1);
  }

  private readonly write = (): void => {
    if (this.waiting.length === 0) return;
    const { text, waiting } = this;
    this.text = "";
    this.waiting = [];
    const recorded = this.writeNow(text);
    for (const answer of waiting) answer(recorded);
    this.onWritten();
  };

  private writeNow(text: string): boolean {
    const bytes = Buffer.from(text, "latin1");
    let at = 0;
    try {
      const file = this.fileFor(Date.now());
      while (at < bytes.length) {
        const written = writeSync(this.descriptor ?? -1, bytes, at);
        at += written;
        file.bytes += written;
      }
      return true;
    } catch (error) {
      // A half-written line stays the last of its file: the next one begins a new file. Whole lines before it are counted.
      this.shut();
      this.failures.add(text.slice(text.lastIndexOf("\n", at - 1) + 1));
      if (Date.now() - this.saidLostAt > 1_000) {
        this.saidLostAt = Date.now();
        log("error", "presses.not_recorded", { total: this.failures.total, ...errorFields(error) });
      }
      return false;
    }
  }

  private fileFor(now: number): SpoolFile {
    const current = this.current;
    if (current && now - current.openedAt < writableMs && current.bytes < largestBytes) return current;
    this.shut();
    this.number += 1;
    const file = { name: `${now}-${this.instance}-${this.number}.log`, openedAt: now, bytes: 0 };
    this.descriptor = openSync(path.join(this.folder, file.name), "ax", 0o600);
    this.files.push(file);
    return file;
  }

  private shut(): void {
    if (this.descriptor === undefined) return;
    closeSync(this.descriptor);
    this.descriptor = undefined;
  }
}
