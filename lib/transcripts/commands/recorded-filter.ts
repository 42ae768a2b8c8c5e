import { sessionHandle } from "@/lib/archive/seal";
import type { TranscriptFilter } from "../schema/reading";

/** Conditions as records keep them: the dealer's session id as its keyed handle, for a record outlives the session. */
export function recordedFilter(organizationId: string, filter: TranscriptFilter): Record<string, string> {
  const { session } = filter;
  const named = session === undefined ? {} : { session: sessionHandle(organizationId, session) };
  const given = Object.entries({ ...filter, ...named });
  return Object.fromEntries(given.filter((entry): entry is [string, string] => entry[1] !== undefined));
}
