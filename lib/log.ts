/** One JSON object per line on stdout; values are data, so newlines and control characters cannot forge a line. */
export function log(
  level: "info" | "warn" | "error",
  event: string,
  fields: Readonly<Record<string, unknown>> = {},
): void {
  process.stdout.write(`${JSON.stringify({ at: new Date().toISOString(), level, event, ...fields })}\n`);
}

/** What an error may tell a log: its name and message, cut; never its cause's payload. */
export function errorFields(error: unknown): { error: string; message: string } {
  if (error instanceof Error) return { error: error.name, message: error.message.slice(0, 500) };
  return { error: typeof error, message: String(error).slice(0, 500) };
}
