// The onboarding plan as data: what Kakao's guide asks for, or advises, before a channel uses 상담톡.
import type { FileFamily } from "@/lib/file-kind";
import type { OnboardingKey } from "../schema";
import type { CheckKind } from "./profile-check";

/**
 * Where an item comes from. A quote stands letter by letter in the guide (spec/consult-talk-guide.ko.txt).
 * The guide does not name every step: what only dealers' documents ask for says so and quotes nothing.
 */
export type ItemSource =
  | { kind: "guide"; section: string; quote: string }
  | { kind: "dealer"; document: string; section: string };

export const onboardingGroups = ["opening", "contract", "privacy", "no-return", "button"] as const;
export type OnboardingGroup = (typeof onboardingGroups)[number];

/** Section of the guide that a group stands for. */
export const groupSections: Readonly<Record<OnboardingGroup, string>> = {
  opening: "1-1",
  contract: "1-1",
  privacy: "3-1",
  "no-return": "3-3",
  button: "1-3",
};

export type OnboardingItem = {
  key: OnboardingKey;
  group: OnboardingGroup;
  source: ItemSource;
  /** Needed for going live; otherwise advice. */
  needed: boolean;
  /** Which kinds of file prove it. */
  evidence: readonly FileFamily[];
  /** The register or the channel's own data say it: nobody marks it. */
  derived?: true;
  /** May be marked as not applicable, with a reason. */
  optional?: true;
  /** What has to hold first. */
  waitsFor: readonly OnboardingKey[];
  /** What a machine can look it up in. */
  machine: CheckKind | "register" | "channel" | null;
  /** Months after which proof is suggested to be renewed; null: it does not age. Our suggestion, not Kakao's. */
  renewMonths: number | null;
  /** Suggested last day, in days after a plan begins. */
  dueAfterDays: number;
};

const screens: readonly FileFamily[] = ["image", "pdf"];
const papers: readonly FileFamily[] = ["pdf", "image", "document"];
const lists: readonly FileFamily[] = ["sheet", "pdf", "image", "document", "text"];

const guide = (section: string, quote: string): ItemSource => ({ kind: "guide", section, quote });
const business = guide("1-1 ➊", "※ 카카오톡 채널은 개설 후 비즈니스 채널로 전환하여하며, 홈공개 ON 상태여야 합니다.");
const consignment = guide(
  "3-1",
  "거래하는 상담톡 공식딜러사와 개인정보 취급업무 위수탁 계약을 체결하고 고객사 개인정보 취급(처리)방침의 수탁업 체 목록 내 상담톡 공식딜러사 (및 카카오)를 표시하여야 합니다.",
);
const notice = guide(
  "3-1",
  "다만, 상담 전 이용자에게 이를 사전에 안내해야 하며, 이에 따라 카카오는 이용자의 상담 요청 후 이용자가 최초 수신하는 자동 안내 메시지에 관련 안내를 필수적으로 포함하도록 하고 있습니다.",
);
const chatEnds = guide(
  "3-3",
  "상담톡을 정식 사용하는 시점부터 기존 카카오톡 채널 관리자 웹/앱에서 지원하는 채팅 메뉴는 비활성화되며 기존 채팅 이력과 이용자별 메모는 더 이상 조회할 수 없게 됩니다.",
);
const blocksReset = guide(
  "3-3",
  "상담원에 의해 차단된 이용자 정보 또한 초기화되어 상담톡API를 통해 재차 차단 조치가 필요할 수 있습니다.",
);

/** Needed, proven by nothing, waiting for nothing, unless said otherwise. */
const item = (
  key: OnboardingKey,
  group: OnboardingGroup,
  source: ItemSource,
  more: Partial<OnboardingItem> & Pick<OnboardingItem, "dueAfterDays">,
): OnboardingItem => ({
  ...{ key, group, source, needed: true, evidence: [], waitsFor: [], machine: null, renewMonths: null },
  ...more,
});

export const onboardingItems: readonly OnboardingItem[] = [
  item("opened", "opening", guide("1-1 ➊", "카카오톡 채널은 채널 관리자센터에서 직접 개설 신청이 가능합니다."), {
    evidence: screens,
    machine: "channel-home",
    dueAfterDays: 3,
  }),
  item("business", "opening", business, {
    evidence: screens,
    waitsFor: ["opened"],
    machine: "sender-profile",
    renewMonths: 12,
    dueAfterDays: 10,
  }),
  item("home-public", "opening", business, {
    evidence: screens,
    waitsFor: ["opened"],
    machine: "channel-home",
    dueAfterDays: 12,
  }),
  item(
    "search-allowed",
    "opening",
    guide(
      "1",
      "상담톡은 '카카오톡 상담하기' 버튼은 물론 카카오톡에서 카카오톡 채널 검색이나 메시지 수신 화면상에서 상담요청을 하면 시작되는 상담 메시지입니다.",
    ),
    { needed: false, evidence: screens, waitsFor: ["home-public"], optional: true, dueAfterDays: 12 },
  ),
  item(
    "centre-info",
    "opening",
    { kind: "dealer", document: "네이버 클라우드 SENS 카카오톡 채널 문서", section: "1-1" },
    { evidence: screens, waitsFor: ["opened"], renewMonths: 12, dueAfterDays: 12 },
  ),
  // The number itself is never kept: the note says that a manager gets the token.
  item(
    "manager-phone",
    "opening",
    { kind: "dealer", document: "해피톡(엠비아이솔루션) 상담톡 웹훅 문서 request_token", section: "1-1" },
    { waitsFor: ["opened"], optional: true, dueAfterDays: 12 },
  ),
  item(
    "category",
    "opening",
    { kind: "dealer", document: "해피톡(엠비아이솔루션) 상담톡 웹훅 문서 category_code", section: "1-1" },
    { derived: true, machine: "channel", dueAfterDays: 12 },
  ),
  item("dealer", "contract", guide("1-1 ➋", "상담톡은 아래 카카오톡 상담톡 공식 딜러사를 통해 공급됩니다."), {
    derived: true,
    machine: "channel",
    dueAfterDays: 5,
  }),
  item("contract", "contract", guide("1-1 ➋", "상담톡 도입 상담 및 관련 계약 체결하기"), {
    waitsFor: ["dealer"],
    derived: true,
    machine: "register",
    dueAfterDays: 9,
  }),
  item("consignment", "privacy", consignment, {
    waitsFor: ["dealer"],
    derived: true,
    machine: "register",
    dueAfterDays: 16,
  }),
  item(
    "reconsignment",
    "privacy",
    guide(
      "3-1",
      "아울러 공식딜러사에서 카카오로의 개인정보 취급업무 재위탁 조치에 대하여 서면 승인 절차를 밟도록 합니다.",
    ),
    { waitsFor: ["consignment"], derived: true, machine: "register", dueAfterDays: 23 },
  ),
  item("privacy-policy", "privacy", consignment, {
    evidence: papers,
    waitsFor: ["dealer"],
    machine: "privacy-policy",
    renewMonths: 12,
    dueAfterDays: 22,
  }),
  item(
    "retention",
    "privacy",
    guide("3-1", "상담내용은 필요에 따라 일정 기간동안 고객사 시스템에 보관할 수 있습니다."),
    { evidence: papers, renewMonths: 12, dueAfterDays: 13 },
  ),
  item("notice-approved", "privacy", notice, { evidence: papers, waitsFor: ["retention"], dueAfterDays: 15 }),
  item("notice-applied", "privacy", notice, { evidence: papers, waitsFor: ["notice-approved"], dueAfterDays: 22 }),
  item("notice-verified", "privacy", notice, {
    evidence: screens,
    waitsFor: ["notice-applied"],
    renewMonths: 12,
    dueAfterDays: 24,
  }),
  item(
    "consent",
    "privacy",
    guide(
      "3-1",
      "고객사가 상담 과정에서 이용자로부터 개인정보를 수집해야 하는 경우, 관계 법령에 따라 이용자로부터 [개인정보 수집 및 이용]에 대한 동의를 얻어야 합니다.",
    ),
    { evidence: papers, waitsFor: ["retention"], optional: true, renewMonths: 12, dueAfterDays: 20 },
  ),
  item("history-saved", "no-return", chatEnds, { evidence: lists, optional: true, dueAfterDays: 24 }),
  item("blocks-saved", "no-return", blocksReset, { evidence: lists, optional: true, dueAfterDays: 19 }),
  item("agents-told", "no-return", chatEnds, {
    needed: false,
    evidence: lists,
    waitsFor: ["history-saved"],
    optional: true,
    dueAfterDays: 27,
  }),
  item(
    "placements",
    "button",
    guide(
      "1-3",
      "모바일과 PC, 웹과 앱과 같은 온라인 환경 뿐 아니라 오프라인에서도 QR코드를 통해 쉽게 상담원들과 채팅 상담을 진행할 수 있는 상담 버튼 가이드를 제공합니다.",
    ),
    { needed: false, derived: true, machine: "channel", dueAfterDays: 18 },
  ),
  item(
    "reach-checked",
    "button",
    guide(
      "2 STEP 2",
      "‘카카오톡 상담하기’ 버튼을 눌러서 상담을 시도하는 경우 채널 추가 없이 바로 이용자의 카카오톡에서 채팅방을 열면서 채팅상담 서비스 안내 메시지를 보여주게 됩니다.",
    ),
    { needed: false, evidence: screens, waitsFor: ["placements"], optional: true, renewMonths: 12, dueAfterDays: 22 },
  ),
  item(
    "rehearsed",
    "button",
    guide(
      "2 STEP 3",
      "이 경우 상담원의 모니터에도 신규 상담 요청이 표시되며 어떤 위치에 있는 버튼이 눌려서 상담 요청이 접수된 것인지 확인할 수 있게 됩니다.",
    ),
    { needed: false, waitsFor: ["notice-approved", "placements"], derived: true, machine: "channel", dueAfterDays: 25 },
  ),
];

/** Guide 3-3, shown before going live. */
export const pointOfNoReturn = [chatEnds, blocksReset].flatMap((source) =>
  source.kind === "guide" ? [{ section: source.section, quote: source.quote }] : [],
);

export const itemByKey: Readonly<Record<string, OnboardingItem>> = Object.fromEntries(
  onboardingItems.map((item) => [item.key, item]),
);
