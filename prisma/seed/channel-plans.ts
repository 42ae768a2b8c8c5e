// Channels of the demonstration, as plans that makeChannel carries out; and what people say of a channel on its way.
import type { ProfileFacts } from "@/lib/channels/rules/sender-profile";
import type { MarkKind, OnboardingKey } from "@/lib/channels/schema";
import type { DealerSlug } from "@/lib/dealers/directory";

export type Said = {
  item: OnboardingKey;
  daysAgo: number;
  note?: string;
  /** Name of the evidence; its ending says what is made. */
  file?: string;
  kind?: MarkKind;
  by?: "admin" | "officer";
};

export type ChannelPlan = {
  searchId: string;
  name: string;
  publicId: string | null;
  dealer: DealerSlug | null;
  contact: string;
  openedDaysAgo: number;
  wentLiveDaysAgo?: number;
  end?: { inDays: number; reason: string };
  said: readonly Said[];
  privacyUrl?: string;
  /** Whose an item is, and its day counted from today. */
  due?: Partial<Record<OnboardingKey, { owner: string; inDays: number }>>;
  checks?: readonly SeenPlan[];
};

/** A sender profile as the dealer answered it; pages are prisma/seed/checks.ts. */
export type SeenPlan = { kind: "sender-profile"; daysAgo: number; facts: ProfileFacts };

/** Everything that people say before going live, from `daysAgo` on; what the register says is not here. */
export function allSaid(daysAgo: number): Said[] {
  return [
    { item: "opened", daysAgo, file: "채널 홈 화면.png" },
    { item: "business", daysAgo: daysAgo - 1, file: "비즈니스 채널 승인.png" },
    { item: "home-public", daysAgo: daysAgo - 1, file: "공개설정 화면.png" },
    { item: "search-allowed", daysAgo: daysAgo - 1, note: "공개설정에서 검색 허용을 켠 것을 확인했습니다." },
    { item: "centre-info", daysAgo: daysAgo - 1, file: "홈 탭 기본정보.png" },
    { item: "manager-phone", daysAgo: daysAgo - 2, note: "매니저 한 분이 토큰을 받을 수 있습니다." },
    { item: "privacy-policy", daysAgo: daysAgo - 3, file: "처리방침 수탁자 표.pdf", by: "admin" },
    { item: "retention", daysAgo: daysAgo - 3, file: "보유 정책.pdf" },
    { item: "notice-approved", daysAgo: daysAgo - 3, file: "자동 안내 승인본.pdf" },
    { item: "notice-applied", daysAgo: daysAgo - 4, file: "딜러 적용 회신.pdf" },
    { item: "notice-verified", daysAgo: daysAgo - 4, file: "실제 채팅방 화면.png" },
    { item: "consent", daysAgo: daysAgo - 4, file: "동의 문안.pdf" },
    { item: "history-saved", daysAgo: daysAgo - 4, file: "채팅 이력 보존 확인서.pdf" },
    { item: "blocks-saved", daysAgo: daysAgo - 4, file: "차단 목록.csv", note: "41명" },
    { item: "agents-told", daysAgo: daysAgo - 5, note: "상담원 모두에게 전환 시각을 알렸습니다.", by: "admin" },
  ];
}

export const hangyeolChannels = {
  life: {
    searchId: "한결생활",
    name: "한결생활",
    publicId: "_xhGkLa",
    dealer: "infobank",
    contact: "한결생활 고객센터 1588-0000 (평일 9–18시)",
    openedDaysAgo: 240,
    wentLiveDaysAgo: 210,
    privacyUrl: "https://hangyeol.example/privacy",
    said: allSaid(232),
  },
  business: {
    searchId: "한결비투비",
    name: "한결생활 B2B",
    publicId: "_xhGkLb",
    dealer: "infobank",
    contact: "기업 영업팀 02-0000-0000 (평일 10–17시)",
    openedDaysAgo: 20,
    privacyUrl: "https://hangyeol.example/privacy",
    said: [
      { item: "opened", daysAgo: 19, file: "채널 홈 화면.png" },
      { item: "business", daysAgo: 12, file: "비즈니스 채널 승인.png" },
      { item: "home-public", daysAgo: 10, file: "공개설정 화면.png" },
      { item: "centre-info", daysAgo: 10, file: "홈 탭 기본정보.png" },
      { item: "manager-phone", daysAgo: 9, note: "매니저 한 분이 토큰을 받을 수 있습니다." },
      { item: "retention", daysAgo: 9, file: "보유 정책 2건.pdf", note: "일반 문의 1년, 분쟁 처리 3년" },
      { item: "notice-approved", daysAgo: 11, file: "자동 안내 v7 승인본.pdf", by: "admin" },
      { item: "consent", daysAgo: 8, file: "동의 문안.pdf" },
      {
        item: "blocks-saved",
        daysAgo: 3,
        file: "차단 목록.csv",
        note: "41명. 전환 뒤 user_key를 받을 때마다 다시 차단합니다.",
      },
    ],
    checks: [
      {
        kind: "sender-profile",
        daysAgo: 2,
        facts: {
          ...{ status: "A", profileStatus: "A", businessProfile: true, bizchat: true, block: false, dormant: false },
          committalCompanyName: "주식회사 한결생활",
        },
      },
    ],
    due: {
      opened: { owner: "이하늘", inDays: -19 },
      business: { owner: "이하늘", inDays: -12 },
      "home-public": { owner: "이하늘", inDays: -10 },
      "centre-info": { owner: "이하늘", inDays: -10 },
      "manager-phone": { owner: "이하늘", inDays: -9 },
      dealer: { owner: "김서연", inDays: -17 },
      contract: { owner: "김서연", inDays: -13 },
      consignment: { owner: "박도현", inDays: -6 },
      reconsignment: { owner: "김서연", inDays: 3 },
      "privacy-policy": { owner: "박도현", inDays: 2 },
      retention: { owner: "박도현", inDays: -9 },
      "notice-approved": { owner: "박도현", inDays: -11 },
      "notice-applied": { owner: "박도현", inDays: 4 },
      "notice-verified": { owner: "박도현", inDays: 4 },
      consent: { owner: "박도현", inDays: -8 },
      "history-saved": { owner: "오지훈", inDays: 4 },
      "blocks-saved": { owner: "오지훈", inDays: -3 },
      "agents-told": { owner: "김서연", inDays: 8 },
      placements: { owner: "이하늘", inDays: -4 },
    },
  },
  membership: {
    searchId: "한결멤버십",
    name: "한결멤버십",
    publicId: "_xhGkLc",
    dealer: "lunasoft",
    contact: "멤버십 문의는 앱의 1:1 문의를 이용해 주십시오.",
    openedDaysAgo: 430,
    wentLiveDaysAgo: 400,
    said: allSaid(424),
  },
} as const satisfies Record<string, ChannelPlan>;

export const dureChannel: ChannelPlan = {
  searchId: "두레상사",
  name: "두레상사",
  publicId: "_dureTrade",
  dealer: "mbi-solution",
  contact: "두레상사 대표번호 1600-0000",
  openedDaysAgo: 120,
  wentLiveDaysAgo: 90,
  said: allSaid(110),
};
