import type { DealerResult } from "../client/client";
import type { DealerReason } from "../client/reasons";

/** What a connection's credentials are sealed for. */
export const accessPlace = (connectionId: string): string => `connection:${connectionId}:access`;

/** What a trial call says of a connection: that it works, that nothing can be asked without doing something, or why not. */
export type Trial = { outcome: "works" | "untried" } | { outcome: "refused"; reason: DealerReason; code: string };

export function trialOf(result: DealerResult<unknown>): Trial {
  if (result.ok) return { outcome: "works" };
  if (result.reason === "unsupported" && result.outcome === "unsent") return { outcome: "untried" };
  return { outcome: "refused", reason: result.reason, code: result.code };
}
