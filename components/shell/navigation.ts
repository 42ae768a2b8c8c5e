import type { IconName } from "@/components/ui/icon";
import type { Actor } from "@/lib/auth/actor";
import { can, type Permission } from "@/lib/auth/permissions";

export type EntryKey =
  | "today"
  | "channels"
  | "dealers"
  | "placements"
  | "templates"
  | "rehearsal"
  | "monitor"
  | "transcripts"
  | "retention"
  | "notices"
  | "consents"
  | "consignees"
  | "requests"
  | "audit"
  | "people"
  | "settings";
export type GroupKey = "operate" | "comply" | "prove" | "manage";

export interface Entry {
  key: EntryKey;
  href: string;
  icon: IconName;
  /** Who may see it; everybody where nothing is said. */
  permission?: Permission;
  group?: GroupKey;
}

/** The places of the console, in the order of the sidebar (look.md 3). */
const places: readonly Entry[] = [
  { key: "today", href: "/", icon: "inbox" },
  { key: "channels", href: "/channels", icon: "radio-tower", permission: "channel:read", group: "operate" },
  { key: "dealers", href: "/dealers", icon: "handshake", permission: "channel:read", group: "operate" },
  { key: "placements", href: "/placements", icon: "qr-code", permission: "placement:read", group: "operate" },
  { key: "templates", href: "/templates", icon: "layout-template", permission: "template:read", group: "operate" },
  {
    key: "rehearsal",
    href: "/rehearsal",
    icon: "message-square-text",
    permission: "rehearsal:read",
    group: "operate",
  },
  { key: "notices", href: "/privacy/notices", icon: "message-square-text", permission: "notice:read", group: "comply" },
  { key: "consents", href: "/privacy/consents", icon: "file-check", permission: "consent-form:read", group: "comply" },
  { key: "monitor", href: "/monitor", icon: "activity", permission: "consult:read", group: "comply" },
  {
    key: "transcripts",
    href: "/transcripts",
    icon: "messages-square",
    permission: "transcript:search",
    group: "comply",
  },
  { key: "retention", href: "/retention", icon: "archive-x", permission: "policy:read", group: "comply" },
  {
    key: "consignees",
    href: "/privacy/consignees",
    icon: "building",
    permission: "consignee-list:read",
    group: "comply",
  },
  { key: "requests", href: "/privacy/requests", icon: "user-round", permission: "data-request:read", group: "comply" },
  { key: "audit", href: "/audit", icon: "list-tree", permission: "audit:read", group: "prove" },
  { key: "people", href: "/people", icon: "users", permission: "person:read", group: "manage" },
  { key: "settings", href: "/settings", icon: "settings-2", permission: "organization:settings", group: "manage" },
];

/** What waits behind an entry; `late` when a date of it has passed. */
export interface Waiting {
  count: number;
  late: boolean;
}

export function entriesFor(actor: Actor): Entry[] {
  return places.filter((place) => !place.permission || can(actor, place.permission));
}

const firstOnPhone: readonly EntryKey[] = ["today", "channels", "transcripts", "retention", "placements", "monitor"];

/** The four entries of the phone's bottom bar, the work of the person's role first; the last place is the menu of all. */
export function bottomEntries(entries: readonly Entry[]): Entry[] {
  const chosen = firstOnPhone.filter((key) => entries.some((entry) => entry.key === key)).slice(0, 4);
  return entries.filter(({ key }) => chosen.includes(key));
}
