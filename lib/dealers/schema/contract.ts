// What may be said about a contract with an official dealer.
import { z } from "zod";
import { dealerSlugs } from "@/lib/dealers/directory";
import { paperDay as day, line, note } from "@/lib/text";
import { clauseKeys } from "../rules/clauses";

export const renewals = ["none", "tacit", "fixed"] as const;
export type Renewal = (typeof renewals)[number];

export const noticeUnits = ["days", "months"] as const;
export type NoticeUnit = (typeof noticeUnits)[number];

/** What a contract says, apart from its channels, clauses and documents. */
const fields = {
  number: line(40, 1),
  title: line(100, 1),
  dealer: z.enum(dealerSlugs),
  service: z.boolean(),
  consignment: z.boolean(),
  consignor: line(100, 1),
  consignee: line(100, 1),
  subConsignee: line(100).default(""),
  retention: line(200).default(""),
  signedOn: day.nullable().default(null),
  startsOn: day,
  endsOn: day.nullable().default(null),
  renewal: z.enum(renewals),
  renewalMonths: z.number().int().min(1).max(120).nullable().default(null),
  noticeCount: z.number().int().min(1).max(400).nullable().default(null),
  noticeUnit: z.enum(noticeUnits).nullable().default(null),
  dealerNoticeCount: z.number().int().min(1).max(400).nullable().default(null),
  dealerNoticeUnit: z.enum(noticeUnits).nullable().default(null),
  marginDays: z.number().int().min(0).max(60).default(5),
  termAt: line(60).default(""),
  noticeAt: line(60).default(""),
};

const contractId = z.uuid();
/** Number of the version that was looked at. */
const version = z.number().int().min(1).max(2_147_483_647);
/** SHA-256 of the version that was looked at, hex. */
const hash = z.string().regex(/^[0-9a-f]{64}$/);

export const createContractSchema = z.object(fields);
export type CreateContract = z.infer<typeof createContractSchema>;

export const editContractSchema = z.object({ contractId, version, ...fields });
export type EditContract = z.infer<typeof editContractSchema>;

/** Sets the days on which a contract covers a channel, both included; no end: as long as the contract. */
export const coverChannelSchema = z.object({
  contractId,
  version,
  channelId: z.uuid(),
  fromOn: day,
  untilOn: day.nullable().default(null),
});
export type CoverChannel = z.infer<typeof coverChannelSchema>;

export const uncoverChannelSchema = z.object({ contractId, version, channelId: z.uuid() });
export type UncoverChannel = z.infer<typeof uncoverChannelSchema>;

export const verdicts = ["met", "weak", "missing"] as const;
export type Verdict = (typeof verdicts)[number];

/** Fields of a clause by name: `place-<key>` and so on, so that each is refused beside itself. */
const clauseFields = Object.fromEntries(
  clauseKeys.flatMap((key) => [
    [`place-${key}`, line(60).default("")],
    [`page-${key}`, line(20).default("")],
    [`verdict-${key}`, z.enum(verdicts).nullable().default(null)],
    [`note-${key}`, line(200).default("")],
  ]),
) as unknown as Record<`${"place" | "page" | "note"}-${string}`, z.ZodDefault<z.ZodType<string, string>>> &
  Record<`verdict-${string}`, z.ZodDefault<z.ZodNullable<z.ZodType<Verdict, Verdict>>>>;

export type SetClause = { clause: string; place: string; page: string; verdict: Verdict; note: string };

/** The seven clauses and the advisory one as judged; those without a verdict stay unjudged. */
export const setClausesSchema = z.object({ contractId, version, ...clauseFields });

/** The judged clauses of a form. */
export function clausesOf(input: Readonly<Record<string, unknown>>): SetClause[] {
  const text = (name: string) => (typeof input[name] === "string" ? input[name] : "");
  return clauseKeys.flatMap((clause) => {
    const verdict = verdicts.find((one) => one === input[`verdict-${clause}`]);
    if (!verdict) return [];
    return [
      { clause, place: text(`place-${clause}`), page: text(`page-${clause}`), verdict, note: text(`note-${clause}`) },
    ];
  });
}

export const submitContractSchema = z.object({ contractId, hash, note: note(500).default("") });
export type SubmitContract = z.infer<typeof submitContractSchema>;

export const approveContractSchema = z.object({ contractId, hash, note: note(500).default("") });
export type ApproveContract = z.infer<typeof approveContractSchema>;

export const rejectContractSchema = z.object({ contractId, hash, note: note(500, 1) });
export type RejectContract = z.infer<typeof rejectContractSchema>;

export const withdrawContractSchema = z.object({ contractId, hash });
export type WithdrawContract = z.infer<typeof withdrawContractSchema>;

export const verifyContractSchema = z.object({ contractId });

/** Papers of a contract. What is approved is the content kinds; the others are kept beside it. */
export const documentKinds = [
  "contract",
  "consignment",
  "annex",
  "reconsignment",
  "supervision",
  "notice",
  "deletion",
  "other",
] as const;
export type DocumentKind = (typeof documentKinds)[number];
export const contentKinds: readonly DocumentKind[] = ["contract", "consignment", "annex"];

export const uploadDocumentSchema = z.object({
  contractId,
  kind: z.enum(documentKinds),
  signedOn: day.nullable().default(null),
  /** The document of which this file is a newer version. */
  replacesId: z.uuid().nullable().default(null),
});
export type UploadDocument = z.infer<typeof uploadDocumentSchema>;

const one = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);

/** What the list of contracts may be asked for. Anything else in the address is left aside. */
export const listContractsSchema = z.object({
  q: one(line(60, 1)),
  state: one(z.enum(["draft", "submitted", "approved", "ended"])),
  dealer: one(z.enum(dealerSlugs)),
  sort: one(z.enum(["end"])),
  before: one(z.string().max(200)),
  after: one(z.string().max(200)),
});
export type ListContracts = z.infer<typeof listContractsSchema>;
