import { z } from "zod";
import { dealerSlugs } from "@/lib/dealers/directory";

/** Forbidden in one line of text: control characters, and marks that turn the reading direction of what follows. */
const unreadable = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
/** The same for several lines. */
const unreadableLines = /[^\P{Cc}\n\t]|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/** One line, NFC, without spaces around it; counted in UTF-16 code units as Kakao's limits are (spec/message-types.json). */
const line = (least: number, most: number) =>
  z
    .string()
    .transform((text) => text.normalize("NFC").trim())
    .pipe(
      z
        .string()
        .min(least, least === 1 ? "errors.required" : undefined)
        .max(most)
        .refine((text) => !unreadable.test(text) && text.isWellFormed(), "errors.text"),
    );

/** A reason or remark of some lines. */
const note = (least: number) =>
  z
    .string()
    .transform((text) => text.normalize("NFC").trim())
    .pipe(
      z
        .string()
        .min(least)
        .max(500)
        .refine((text) => !unreadableLines.test(text) && text.isWellFormed(), "errors.text"),
    );

/** 검색용 아이디: shown with "@", kept without; Hangul, lower-case letters and digits, at most 15 (field-facts 3). */
export const searchIdSchema = z
  .string()
  .transform((text) => text.normalize("NFC").trim().replace(/^@/, ""))
  .pipe(
    z
      .string()
      .min(1, "errors.required")
      .max(15, "channels.errors.searchIdLong")
      .regex(/^[가-힣ㄱ-ㅎㅏ-ㅣa-z0-9]+$/, "channels.errors.searchId"),
  );

/** 프로필 ID, as in pf.kakao.com/_ZeUTxl (field-facts 3). */
const publicId = z
  .string()
  .transform((text) => text.trim())
  .pipe(
    z
      .string()
      .max(40)
      .regex(/^_[A-Za-z0-9]+$/, "channels.errors.publicId"),
  );

/** 발신프로필 키: 40 hex digits, given by the dealer (field-facts 1.1). */
const senderKey = z
  .string()
  .transform((text) => text.trim().toLowerCase())
  .pipe(z.string().regex(/^[0-9a-f]{40}$/, "channels.errors.senderKey"));

const profile = {
  name: line(1, 20),
  publicId: publicId.nullable().default(null),
  senderKey: senderKey.nullable().default(null),
  dealer: z.enum(dealerSlugs).nullable().default(null),
  /** How else to reach the company: shown on the page of a button that has ended (guide 3-4). */
  contact: line(0, 200).default(""),
};

export const openChannelSchema = z.object({ searchId: searchIdSchema, ...profile });
export type OpenChannel = z.infer<typeof openChannelSchema>;

const channelId = z.uuid();
const version = z.number().int().min(1).max(2_147_483_647);

/** The search id is not here: Kakao fixes it for ever. */
export const editChannelSchema = z.object({ channelId, version, ...profile });
export type EditChannel = z.infer<typeof editChannelSchema>;

export const goLiveSchema = z.object({
  channelId,
  /** The point of no return (guide 3-3) was read. */
  confirmed: z.boolean().refine((ticked) => ticked, "channels.errors.confirm"),
});
export type GoLive = z.infer<typeof goLiveSchema>;

export const endChannelSchema = z.object({
  channelId,
  version,
  /** Last day of use, KST. */
  endsOn: z.iso.date(),
  reason: note(5),
});
export type EndChannel = z.infer<typeof endChannelSchema>;

export const withdrawEndSchema = z.object({ channelId, version, reason: note(5) });
export type WithdrawEnd = z.infer<typeof withdrawEndSchema>;

export const onboardingKeys = [
  "opened",
  "business",
  "home-public",
  "search-allowed",
  "dealer",
  "contract",
  "history-saved",
  "blocks-saved",
] as const;
export type OnboardingKey = (typeof onboardingKeys)[number];

export const markOnboardingSchema = z.object({
  channelId,
  item: z.enum(onboardingKeys),
  kind: z.enum(["done", "reopened"]),
  note: note(5),
});
export type MarkOnboarding = z.infer<typeof markOnboardingSchema>;

/** What comes with an evidence file, before its bytes. */
export const attachEvidenceSchema = z.object({
  channelId,
  item: z.enum(onboardingKeys),
  note: note(0).default(""),
});
export type AttachEvidence = z.infer<typeof attachEvidenceSchema>;

export const channelStates = ["preparing", "live", "ending", "ended"] as const;
export type ChannelState = (typeof channelStates)[number];

/** What the list of channels may be narrowed to; what does not fit is left out, so that every address answers. */
export const listChannelsSchema = z.object({
  q: line(1, 100).optional().catch(undefined),
  state: z.enum(channelStates).optional().catch(undefined),
  after: z.string().max(200).optional().catch(undefined),
  before: z.string().max(200).optional().catch(undefined),
});
export type ListChannels = z.infer<typeof listChannelsSchema>;
