import { errorFields, log } from "./log";

/** Between two lines about the same lasting fault. */
const quietMs = 60_000;

/**
 * Tells the log of a fault that may last: at its start, then once a minute with the number of tries, and when it is over.
 * @param event name of the log line, e.g. "sealer.failed"
 */
export function faultLog(event: string): {
  struck: (error: unknown, now: number) => void;
  over: (now: number) => void;
} {
  let since: number | undefined;
  let said = 0;
  let tries = 0;
  return {
    struck(error, now) {
      since ??= now;
      tries += 1;
      if (tries > 1 && now - said < quietMs) return;
      said = now;
      log("error", event, { ...errorFields(error), tries, seconds: Math.round((now - since) / 1_000) });
    },
    over(now) {
      if (since === undefined) return;
      log("info", `${event}.over`, { tries, seconds: Math.round((now - since) / 1_000) });
      since = undefined;
      tries = 0;
    },
  };
}
