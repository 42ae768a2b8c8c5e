import type { Tx } from "@/lib/db/client";

/** Ids of templates of which a version is in use: an answer may send these. */
export async function templatesInUse(tx: Tx): Promise<ReadonlySet<string>> {
  const rows = await tx.$queryRaw<
    { id: string }[]
  >`SELECT template_id AS id FROM template_states WHERE in_use IS NOT NULL`;
  return new Set(rows.map(({ id }) => id));
}
