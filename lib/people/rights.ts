// The permissions table as the roles page shows it: grouped by the words of the console, machines' rights left out.
import { type Permission, permissions } from "@/lib/auth/permissions";
import { roles } from "./schema";

const groups = {
  channels: ["channel", "onboarding", "evidence", "check", "block"],
  placements: ["placement", "symbol", "take-down"],
  templates: ["template", "word-rule", "scenario", "rehearsal"],
  dealers: ["contract", "exit", "reconsignment", "supervision", "deadline", "calendar", "connection", "set-aside"],
  transcripts: ["consult", "transcript", "attachment", "attachment-host", "purpose"],
  retention: ["policy", "retention", "hold", "destruction", "standing-approval", "ledger"],
  privacy: ["notice", "consignee-list", "consent-form", "consent", "data-request"],
  people: ["person", "right", "organization", "account"],
  audit: ["audit", "file", "access-record", "access-plan", "access-review"],
} as const;

export type RightGroup = keyof typeof groups | "other";

/** Rights that at least one role has, by group, in the order of the table. */
export function rightGroups(): { group: RightGroup; rights: Permission[] }[] {
  const all = (Object.keys(permissions) as Permission[]).filter((name) =>
    roles.some((role) => (permissions[name] as readonly string[]).includes(role)),
  );
  const names: RightGroup[] = [
    "channels",
    "placements",
    "templates",
    "dealers",
    "transcripts",
    "retention",
    "privacy",
    "people",
    "audit",
    "other",
  ];
  return names
    .map((group) => ({ group, rights: all.filter((right) => groupOf(right) === group) }))
    .filter(({ rights }) => rights.length > 0);
}

/** The key of a right's words: "channel:go-live" is `rights.channel_go-live`. */
export function rightKey(right: Permission): string {
  return right.replace(":", "_");
}

function groupOf(right: Permission): RightGroup {
  const noun = right.split(":")[0] ?? "";
  const found = (Object.keys(groups) as (keyof typeof groups)[]).find((group) =>
    (groups[group] as readonly string[]).includes(noun),
  );
  return found ?? "other";
}
