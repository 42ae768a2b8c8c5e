import { knownReturned } from "@/lib/archive/returned";
import type { Tx } from "@/lib/db/client";
import type { Waiting } from "../rules";

/** Consultations and files that were destroyed and are there again, since an older database was restored. */
export async function waitingReturned(tx: Tx): Promise<Waiting[]> {
  const { sessions, files } = await knownReturned(tx);
  if (sessions + files === 0) return [];
  return [
    {
      ...{ id: "destruction:returned", group: "destruction", entry: "retention", kind: "destroyReturned" },
      ...{ roles: ["COMPLIANCE_OFFICER", "CLIENT_ADMIN"], values: { sessions, files }, subject: "", dueOn: null },
      href: "/audit?group=destruction",
    },
  ];
}
