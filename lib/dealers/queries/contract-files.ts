import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";

/** `verifiedAt`: when all files were compared last. `different`: ids of files that were different then, or found changed at a download since. */
export type FileCheck = { verifiedAt: Date | null; different: readonly string[] };

const bodySchema = z.object({ different: z.array(z.string()).optional() });

/** What is known of the files of a contract, read from the audit log, which is where a comparison is recorded. */
export async function getFileCheck(actor: Actor, contractId: string): Promise<FileCheck> {
  return read(actor, "contract:read", async (tx) => {
    const [last] = await tx.auditEvent.findMany({
      where: { targetId: contractId, action: "file.verified" },
      orderBy: [{ at: "desc" }, { id: "desc" }],
      select: { at: true, body: true },
      take: 1,
    });
    const documents = await tx.contractDocument.findMany({ where: { contractId }, select: { fileId: true } });
    const found = await tx.auditEvent.findMany({
      where: {
        targetId: { in: documents.map(({ fileId }) => fileId) },
        ...{ action: "file.changed", ...(last ? { at: { gt: last.at } } : {}) },
      },
      select: { targetId: true },
      distinct: ["targetId"],
    });
    const different = new Set([...(bodyOf(last?.body ?? "").different ?? []), ...found.map((one) => one.targetId)]);
    return { verifiedAt: last?.at ?? null, different: [...different] };
  });
}

/** Bodies are canonical JSON of ours; what somebody put in by hand must not break the page that shows it. */
function bodyOf(text: string): z.infer<typeof bodySchema> {
  const parsed = z
    .string()
    .transform((raw, context) => {
      try {
        return JSON.parse(raw) as unknown;
      } catch {
        context.addIssue("not JSON");
        return z.NEVER;
      }
    })
    .pipe(bodySchema)
    .safeParse(text);
  return parsed.success ? parsed.data : {};
}
