import type { Tx } from "@/lib/db/client";
import { knownDifferences } from "@/lib/file-check";
import type { Waiting } from "../rules";

/** Kept files that are no longer what was recorded, until a verification finds them whole again. */
export async function waitingFiles(tx: Tx): Promise<Waiting[]> {
  const { files } = await knownDifferences(tx);
  if (files.length === 0) return [];
  return [
    {
      id: "files",
      group: "audit",
      entry: "audit",
      roles: ["CLIENT_ADMIN", "COMPLIANCE_OFFICER"],
      kind: "fileChanged",
      values: { count: files.length },
      subject: files[0] ?? "",
      dueOn: null,
      href: "/audit?group=file",
    },
  ];
}
