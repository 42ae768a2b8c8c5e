import { z } from "zod";
import { dealerSlugs } from "@/lib/dealers/directory";
import { line, note } from "@/lib/text";

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

/** 카테고리 코드: 11 digits, three levels of 3, 4 and 4 (field-facts 3). */
const categoryCode = z
  .string()
  .transform((text) => text.trim())
  .pipe(z.string().regex(/^\d{11}$/, "channels.errors.categoryCode"));

/** A page that anybody can open: https, a name of the public net, no user, no password, no address in figures. */
const publicPage = z
  .string()
  .transform((text) => text.trim())
  .pipe(z.string().max(500).refine(isPublicPage, "channels.errors.privacyUrl"));

function isPublicPage(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || url.protocol !== "https:" || url.username !== "" || url.password !== "") return false;
  // The parser writes every form of an IPv4 address in four figures and an IPv6 address in brackets.
  return /^(?!.*\.(local|localhost|internal)\.?$)([^.]+\.)+(?=[^.]*[a-z])[^.]+\.?$/.test(url.hostname);
}

const profile = {
  name: line(20, 1),
  publicId: publicId.nullable().default(null),
  senderKey: senderKey.nullable().default(null),
  dealer: z.enum(dealerSlugs).nullable().default(null),
  /** How else to reach the company: shown on the page of a button that has ended (guide 3-4). */
  contact: line(200).default(""),
  categoryCode: categoryCode.nullable().default(null),
  /** As contracts and the sender profile name the company (위탁사명); empty: the organization's name. */
  consignorName: line(100).default(""),
  /** The company's privacy policy (개인정보 처리방침). */
  privacyUrl: publicPage.nullable().default(null),
};

export const openChannelSchema = z.object({ searchId: searchIdSchema, ...profile });
export type OpenChannel = z.infer<typeof openChannelSchema>;

const channelId = z.uuid();
const version = z.number().int().min(1).max(2_147_483_647);

/** The search id is not here: Kakao fixes it for ever. */
export const editChannelSchema = z.object({ channelId, version, ...profile });
export type EditChannel = z.infer<typeof editChannelSchema>;

/** The typed phrase is looked at beside its field by the rule; here only its length. */
const phrase = z.string().max(100);
const requestId = z.uuid();

export const requestGoLiveSchema = z.object({ channelId, phrase });
export type RequestGoLive = z.infer<typeof requestGoLiveSchema>;

export const agreeGoLiveSchema = z.object({ channelId, requestId, phrase });
export type AgreeGoLive = z.infer<typeof agreeGoLiveSchema>;

export const declineGoLiveSchema = z.object({ channelId, requestId, note: note(500, 5) });
export type DeclineGoLive = z.infer<typeof declineGoLiveSchema>;

export const withdrawGoLiveSchema = z.object({ channelId, requestId });
export type WithdrawGoLive = z.infer<typeof withdrawGoLiveSchema>;

export const endChannelSchema = z.object({
  channelId,
  version,
  /** Last day of use, KST. */
  endsOn: z.iso.date(),
  reason: note(500, 5),
});
export type EndChannel = z.infer<typeof endChannelSchema>;

export const withdrawEndSchema = z.object({ channelId, version, reason: note(500, 5) });
export type WithdrawEnd = z.infer<typeof withdrawEndSchema>;

/** Items of the onboarding plan, in the order of lib/channels/rules/onboarding-items. */
export const onboardingKeys = [
  "opened",
  "business",
  "home-public",
  "search-allowed",
  "centre-info",
  "manager-phone",
  "category",
  "dealer",
  "contract",
  "consignment",
  "reconsignment",
  "privacy-policy",
  "retention",
  "notice-approved",
  "notice-applied",
  "notice-verified",
  "consent",
  "history-saved",
  "blocks-saved",
  "agents-told",
  "placements",
  "reach-checked",
  "rehearsed",
] as const;
export type OnboardingKey = (typeof onboardingKeys)[number];

export const markKinds = ["done", "reopened", "not-applicable"] as const;
export type MarkKind = (typeof markKinds)[number];

const item = z.enum(onboardingKeys);
/** Last day on which the proof counts, KST; left out: it does not age. */
const renewOn = z.iso.date().optional();

export const markOnboardingSchema = z.object({ channelId, item, kind: z.enum(markKinds), note: note(500, 5), renewOn });
export type MarkOnboarding = z.infer<typeof markOnboardingSchema>;

/** What comes with an evidence file, before its bytes. */
export const attachEvidenceSchema = z.object({ channelId, item, note: note(500).default(""), renewOn });
export type AttachEvidence = z.infer<typeof attachEvidenceSchema>;

/** Who looks after an item, and until when. Version 0: nobody has planned it yet. */
export const planOnboardingSchema = z.object({
  channelId,
  item,
  version: z.number().int().min(0).max(2_147_483_647),
  ownerId: z.uuid().nullable().default(null),
  dueOn: z.iso.date().nullable().default(null),
});
export type PlanOnboarding = z.infer<typeof planOnboardingSchema>;

export const fillPlanSchema = z.object({ channelId, startsOn: z.iso.date() });
export type FillPlan = z.infer<typeof fillPlanSchema>;

export const channelStates = ["preparing", "live", "ending", "ended"] as const;
export type ChannelState = (typeof channelStates)[number];

export const channelSorts = ["newest", "name", "last-day"] as const;
export type ChannelSort = (typeof channelSorts)[number];

/** What the list of channels may be narrowed to; what does not fit is left out, so that every address answers. */
export const listChannelsSchema = z.object({
  q: line(100, 1).optional().catch(undefined),
  state: z.enum(channelStates).optional().catch(undefined),
  dealer: z.enum(dealerSlugs).optional().catch(undefined),
  sort: z.enum(channelSorts).default("newest").catch("newest"),
  after: z.string().max(300).optional().catch(undefined),
  before: z.string().max(300).optional().catch(undefined),
});
export type ListChannels = z.infer<typeof listChannelsSchema>;
