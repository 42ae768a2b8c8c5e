// The guided run: the five steps of the guide's section 2, and 3-2, each told apart by what was noted. Pure.
import type { Noted } from "../schema/rehearsal";

type Happened = Omit<Noted, "picture">;

/** A thing to walk. `needed`: the report waits for it. The quotes stand letter by letter in the guide (spec/consult-talk-guide.ko.txt). */
export type GuidedStep = { key: GuidedKey; section: string; quote: string; needed: boolean };

export const guidedKeys = [
  ...(["first", "press", "search", "pc", "notice", "speak", "robot", "reply", "end", "after", "return"] as const),
  ...(["alimtalk", "destroy"] as const),
] as const;
export type GuidedKey = (typeof guidedKeys)[number];

const agentFirst = "(상담 세션이 열리기 전까지는 상담원이 카카오톡 이용자에게 먼저 말을 걸 수는 없습니다.)";
const ended =
  "이용자가 채팅방을 나가거나 채팅 수발신이 일정 기간 발생하지 않는 경우 상담 세션이 종료됩니다. 이 경우 이용자가 다시 먼저 말을 걸기 전까지는 상담원이 말을 걸 수 없는 상태로 돌아갑니다.";

export const guidedSteps: readonly GuidedStep[] = [
  { key: "first", section: "2 STEP 1", quote: agentFirst, needed: true },
  {
    ...{ key: "press", section: "2 STEP 1", needed: true },
    quote: "‘카카오톡 상담하기’ 을 이용자가 누름으로써 채팅상담이 시작됩니다.",
  },
  {
    ...{ key: "search", section: "2 STEP 1", needed: false },
    quote: "물론 카카오톡에서 카카오톡 채널 검색이나 메시지 수신 화면상에서 채팅상담이 시작될 수도 있습니다.",
  },
  {
    ...{ key: "pc", section: "2 STEP 2", needed: true },
    quote:
      "단, PC에 위치한 버튼을 눌렀을 때에는 카카오계정 로그인 또는 채팅방 접근용 QR코드 스캔 중 하나를 선택하는 과정이 선행됩니다.",
  },
  {
    ...{ key: "notice", section: "2 STEP 2", needed: true },
    quote:
      "‘카카오톡 상담하기’ 버튼을 눌러서 상담을 시도하는 경우 채널 추가 없이 바로 이용자의 카카오톡에서 채팅방을 열면서 채팅상담 서비스 안내 메시지를 보여주게 됩니다.",
  },
  {
    ...{ key: "speak", section: "2 STEP 3", needed: true },
    quote:
      "이 경우 상담원의 모니터에도 신규 상담 요청이 표시되며 어떤 위치에 있는 버튼이 눌려서 상담 요청이 접수된 것인지 확인할 수 있게 됩니다.",
  },
  {
    ...{ key: "robot", section: "2 STEP 3", needed: true },
    quote:
      "필요하다면 상담 요청을 상담원에게 바로 연결하지 않고 자동 응답 챗봇 구현을 통해 FAQ를 우선 제시, 상담원 응대가 필수적인 요청만 필터링하거나 일반적인 ARS 시나리오처럼 상담 카테고리를 구분하는 과정을 만들 수도 있습니다.",
  },
  { key: "reply", section: "2 STEP 4", quote: "세션이 종료되기 전까지 채팅은 지속될 수 있습니다.", needed: true },
  { key: "end", section: "2 STEP 4", quote: ended, needed: true },
  { key: "after", section: "2 STEP 4", quote: ended, needed: true },
  {
    ...{ key: "return", section: "2 STEP 5", needed: true },
    quote:
      "하지만 별도의 이용자 식별값(user_key)를 제공하므로 기존 상담 이력이 있는 이용자라면 그 내용을 확인하고서 계속 상담을 진행할 수 있습니다.",
  },
  {
    ...{ key: "alimtalk", section: "3-2", needed: true },
    quote:
      "다시 말해 이용자의 카카오톡 채팅방에 표시되는 알림톡, 친구톡 및 단체/그룹메시지 수신 내용이나 자동응답 API를 활용한 챗봇 수발 신 내용을 고스란히 상담톡으로 모두 바로 조회할 수는 없습니다.",
  },
  {
    ...{ key: "destroy", section: "3-1", needed: true },
    quote: "상담내용은 필요에 따라 일정 기간동안 고객사 시스템에 보관할 수 있습니다.",
  },
];

const tells: Readonly<Record<GuidedKey, (event: Happened) => boolean>> = {
  first: ({ kind, detail }) => kind === "refused" && detail.why === "first",
  press: ({ kind, detail }) => kind === "entered" && (detail.entry === "button" || detail.entry === "qr"),
  search: ({ kind, detail }) => kind === "entered" && (detail.entry === "search" || detail.entry === "message"),
  pc: ({ kind, detail }) => kind === "entered" && (detail.entry === "pc-login" || detail.entry === "pc-qr"),
  notice: ({ kind, detail }) => kind === "noticed" && detail.hash !== "",
  speak: ({ kind }) => kind === "said" || kind === "showed",
  robot: ({ kind }) => kind === "handed",
  reply: ({ kind }) => kind === "replied",
  end: ({ kind }) => kind === "ended",
  after: ({ kind, detail }) => kind === "refused" && detail.why === "ended",
  return: ({ kind, detail }) => kind === "opened" && detail.returning === true,
  alimtalk: ({ kind }) => kind === "alimtalk",
  destroy: ({ kind }) => kind === "destroyed",
};

export type Walked = GuidedStep & {
  /** Place in the list of events of what showed it first, or null. */
  event: number | null;
};

/** Where a run stands. @param scenario whether there was one to walk: without it nothing hands over */
export function walkedSteps(events: readonly (Happened & { number: number })[], scenario: boolean): Walked[] {
  return guidedSteps.map((step) => ({
    ...step,
    needed: step.needed && (step.key !== "robot" || scenario),
    event: events.find((event) => tells[step.key](event))?.number ?? null,
  }));
}

/** What the report still waits for. */
export function missingSteps(walked: readonly Walked[]): GuidedKey[] {
  return walked.filter(({ needed, event }) => needed && event === null).map(({ key }) => key);
}
