// What may be said in the destruction ledger.
import { z } from "zod";
import { line, note, paperDay } from "@/lib/text";
import { ledgerMaterials, ledgerMethods, ledgerReasons } from "../rules/ledger";

/** An entry that a person makes, of paper and other copies. */
export const recordLedgerSchema = z
  .object({
    fileName: line(80, 2),
    material: z.enum(ledgerMaterials),
    madeFrom: paperDay,
    madeTo: paperDay,
    count: z.number().int().min(1).max(100_000_000),
    destroyedOn: paperDay,
    reason: z.enum(ledgerReasons),
    reasonNote: note(500).default(""),
    method: z.enum(ledgerMethods),
    approvedBy: z.uuid().nullable().default(null),
    backupNote: note(500).default(""),
  })
  .superRefine((given, context) => {
    if (given.madeTo < given.madeFrom)
      context.addIssue({ code: "custom", path: ["madeTo"], message: "retention.ledger.refused.turned" });
    if (given.destroyedOn < given.madeTo)
      context.addIssue({ code: "custom", path: ["destroyedOn"], message: "retention.ledger.refused.before" });
  });
export type RecordLedger = z.infer<typeof recordLedgerSchema>;

export const listLedgerSchema = z.object({
  year: z
    .string()
    .regex(/^20\d\d$/)
    .optional()
    .catch(undefined),
  reason: z.enum(ledgerReasons).optional().catch(undefined),
  after: z.string().max(80).optional().catch(undefined),
  before: z.string().max(80).optional().catch(undefined),
});
export type ListLedger = z.infer<typeof listLedgerSchema>;
