// In production every line on stdout is one JSON object: what libraries print goes through the log as well.
import { formatWithOptions, stripVTControlCharacters } from "node:util";
import { log } from "@/lib/log";

const levels = { log: "info", info: "info", debug: "info", trace: "info", warn: "warn", error: "error" } as const;

/** Replaces console's methods. Text is cut at 4,000 characters. */
export function consoleToLog(): void {
  for (const [name, level] of Object.entries(levels)) {
    Object.assign(console, {
      [name]: (...values: unknown[]) => {
        const text = stripVTControlCharacters(formatWithOptions({ colors: false, depth: 3 }, ...values)).trim();
        if (text !== "") log(level, "console", { message: text.slice(0, 4_000) });
      },
    });
  }
}
