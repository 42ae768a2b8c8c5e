import type { Tx } from "@/lib/db/client";
import { undecidedHosts } from "@/lib/transcripts/queries/attachment-hosts";
import type { Waiting } from "../rules";

/** Hosts of users' files about which nobody has decided: nothing is kept from them meanwhile. */
export async function waitingAttachmentHosts(tx: Tx): Promise<Waiting[]> {
  const hosts = await undecidedHosts(tx);
  return hosts.map((host) => ({
    id: `attachment-host:${host}`,
    group: "hooks",
    entry: "monitor",
    roles: ["CLIENT_ADMIN"],
    kind: "attachmentHost",
    values: { host },
    subject: host,
    dueOn: null,
    href: "/transcripts/files",
  }));
}
