import { createHash } from "node:crypto";
import type { Scenario } from "../schema/scenario";

/** What an approval is bound to: hex SHA-256 of a scenario as JSON with keys in order. */
export const scenarioHash = (scenario: Scenario): string =>
  createHash("sha256")
    .update(JSON.stringify(ordered(scenario)))
    .digest("hex");

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, one]) => [key, ordered(one)]),
  );
}
