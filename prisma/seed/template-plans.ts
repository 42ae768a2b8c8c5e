// The templates of the demonstration company: every type, every state.
import { exampleContent } from "@/lib/templates/rules/examples";
import { type MessageType, type TemplateContent, templateContentSchema } from "@/lib/templates/schema/content";
import type { UseWay } from "@/lib/templates/schema/template";
import { type MediaName, mediaAlts } from "./template-media";

export type VersionPlan = {
  content: TemplateContent;
  savedDaysAgo: number;
  /** How far it came; the days between are the seed's. */
  until: "draft" | "submitted" | "returned" | "approved" | "used" | "retired";
  /** Of returned: why. */
  note?: string;
  /** Of used and retired: where it went to work. */
  uses?: { way: UseWay; place: string }[];
  retiredDaysAgo?: number;
};
export type TemplatePlan = {
  name: string;
  tags: string[];
  /** Search id of its channel; null: every channel. */
  channel: string | null;
  owner: "이하늘" | "오지훈";
  versions: VersionPlan[];
  archived?: boolean;
  comments?: { by: "박도현" | "이하늘" | "김서연" | "오지훈"; text: string; daysAgo: number }[];
};

type Written = Parameters<typeof templateContentSchema.parse>[0];
const said = (written: Written) => templateContentSchema.parse(written);
const text = (words: string) => said({ type: "PLAIN_TEXT", text: words });
const button = (name: string, path: string) => ({ name, urlMobile: `https://m.hangyeol.example/${path}` });
const agents = (place: string) => ({ way: "agents", place }) as const;
const dealer = (place: string) => ({ way: "dealer", place }) as const;

const afterHours = (until: string) =>
  text(
    `지금은 상담 시간이 아닙니다. 상담은 평일 09:00부터 ${until}까지 합니다. 남겨 주신 내용은 다음 영업일에 순서대로 답해 드립니다.`,
  );

const delivery = said({
  type: "RICH_TEXT",
  text: "#{고객이름} 고객님, 주문하신 #{상품}은(는) #{도착일}에 도착합니다.\n운송장 번호는 #{운송장}입니다.",
  buttons: [button("배송 조회", "orders/track"), button("배송지 바꾸기", "orders/address")],
  variables: [
    { name: "고객이름", max: 12, longest: "", samples: ["김하나", "박준"] },
    { name: "상품", longest: "접이식 원목 식탁 의자 2개 세트", samples: ["오크 의자", "스탠드 조명"] },
    { name: "도착일", kind: "date", longest: "11월 30일 (월)", samples: ["11월 25일 (수)"] },
    { name: "운송장", kind: "number", max: 14, samples: ["6412-8830-1274"] },
  ],
});

const order = (extraText: string) =>
  said({
    type: "ITEM_LIST",
    title: "주문 내역",
    highlight: { title: "#{상품}", description: "주문 #{주문번호}" },
    list: [
      { title: "결제일", description: "#{결제일}" },
      { title: "배송지", description: "문 앞" },
      { title: "상태", description: "#{상태}" },
    ],
    summary: { title: "결제금액", description: "#{금액}원" },
    text: "주문하신 내용을 확인해 주십시오.",
    extraText,
    buttons: [button("주문 자세히 보기", "orders")],
    variables: [
      { name: "상품", max: 28, samples: ["오크 의자 외 1건"] },
      { name: "주문번호", max: 14, samples: ["20261119-0031"] },
      { name: "결제일", kind: "date", max: 12, samples: ["11.19 (목)"] },
      { name: "상태", samples: ["상품 준비 중", "배송 중", "배송 완료"], closed: true },
      { name: "금액", kind: "amount", max: 11, samples: ["189,000"] },
    ],
  });

type Files = { media?: MediaName; picture?: MediaName; items?: MediaName[] };

/** The example of a type with the company's own files. */
function shown(
  mediaId: (name: MediaName) => string,
  type: MessageType,
  { media, picture, items }: Files,
): TemplateContent {
  const content = exampleContent(type);
  const file = (name: MediaName | undefined) => (name ? { mediaId: mediaId(name), alt: mediaAlts[name] } : null);
  return {
    ...content,
    ...{ media: file(media), picture: file(picture) },
    items: content.items.map((item, at) => ({ ...item, picture: file(items?.[at]) })),
  };
}

/** The templates of the demonstration company: every type, every state. */
export const templatePlansOf = (mediaId: (name: MediaName) => string): readonly TemplatePlan[] => [
  {
    ...{ name: "운영 시간 외 안내", tags: ["공통", "자동"], channel: null, owner: "이하늘" },
    versions: [
      {
        ...{ content: afterHours("17:30"), savedDaysAgo: 212, until: "used" },
        uses: [agents("공통 > 시간 외")],
      },
      {
        ...{ content: afterHours("18:00"), savedDaysAgo: 41, until: "used" },
        uses: [agents("공통 > 시간 외"), { way: "bot", place: "첫 인사 뒤 시간 외 갈래" }],
      },
    ],
  },
  {
    ...{ name: "상담 시작 인사", tags: ["공통"], channel: "한결생활", owner: "이하늘" },
    versions: [
      {
        content: text("안녕하세요, 한결생활 고객센터입니다. 무엇을 도와드릴까요?"),
        ...{ savedDaysAgo: 220, until: "used", uses: [agents("공통 > 인사")] },
      },
    ],
  },
  {
    ...{ name: "배송 조회 안내", tags: ["배송"], channel: "한결생활", owner: "오지훈" },
    versions: [{ content: delivery, savedDaysAgo: 64, until: "used", uses: [dealer("HG-DLV-02"), agents("배송")] }],
    comments: [
      { by: "박도현", text: "고객 이름이 길어도 문구가 잘리지 않는지 가장 긴 값으로 확인했습니다.", daysAgo: 63 },
    ],
  },
  {
    ...{ name: "수거 예약 확인", tags: ["반품·교환"], channel: "한결생활", owner: "오지훈" },
    versions: [{ content: exampleContent("RICH_TEXT"), savedDaysAgo: 88, until: "used", uses: [dealer("HG-RET-01")] }],
  },
  {
    ...{ name: "반품 접수 안내", tags: ["반품·교환"], channel: "한결생활", owner: "이하늘" },
    versions: [{ content: exampleContent("ITEM_LIST"), savedDaysAgo: 75, until: "used", uses: [agents("반품·교환")] }],
  },
  {
    ...{ name: "주문 내역 확인", tags: ["주문"], channel: "한결생활", owner: "이하늘" },
    versions: [
      { content: order(""), savedDaysAgo: 52, until: "used", uses: [dealer("HG-ORD-01")] },
      { content: order("금액은 할인과 적립금을 뺀 값입니다."), savedDaysAgo: 1, until: "submitted" },
    ],
    comments: [
      { by: "오지훈", text: "적립금을 쓴 주문에서 금액을 물으시는 분이 많아 한 줄을 더했습니다.", daysAgo: 1 },
    ],
  },
  {
    ...{ name: "배송지 변경 요청", tags: ["배송"], channel: "한결생활", owner: "오지훈" },
    versions: [
      {
        content: said({
          type: "RICH_TEXT",
          text: "출고 전이면 배송지를 바꿀 수 있습니다. 아래 버튼에서 새 배송지를 적어 주십시오.",
          buttons: [button("배송지 바꾸기", "orders/address")],
        }),
        ...{ savedDaysAgo: 2, until: "submitted" },
      },
    ],
  },
  {
    ...{ name: "회원 확인 요청", tags: ["준수"], channel: null, owner: "오지훈" },
    versions: [
      {
        content: text("주문을 찾으려면 이름과 휴대전화 번호를 남겨 주십시오."),
        ...{ savedDaysAgo: 6, until: "returned" },
        note: "동의를 받기 전에 개인정보를 묻고 있습니다. 동의 문안 ‘주문 조회’를 먼저 보내는 흐름으로 고쳐 주십시오.",
      },
    ],
  },
  {
    ...{ name: "교환 접수 방법", tags: ["반품·교환"], channel: "한결생활", owner: "이하늘" },
    versions: [
      {
        content: text("교환은 받으신 날부터 7일 안에 접수하실 수 있습니다. 상품과 상자를 그대로 두고 접수해 주십시오."),
        ...{ savedDaysAgo: 9, until: "approved" },
      },
    ],
  },
  {
    ...{ name: "멤버십 등급 안내", tags: ["멤버십"], channel: "한결멤버십", owner: "이하늘" },
    versions: [
      {
        content: said({
          type: "RICH_TEXT",
          text: "등급은 지난 12개월의 구매 금액으로 매월 1일에 정합니다.",
          buttons: [button("내 등급 보기", "membership"), button("혜택 보기", "membership/benefits")],
        }),
        ...{ savedDaysAgo: 33, until: "used", uses: [agents("멤버십")] },
      },
    ],
  },
  {
    ...{ name: "추석 연휴 배송 안내", tags: ["배송", "연휴"], channel: null, owner: "이하늘" },
    versions: [
      {
        content: text(
          "추석 연휴에는 배송을 쉽니다. 연휴 동안 주문하신 상품은 연휴가 끝난 다음 날부터 차례로 보내 드립니다.",
        ),
        ...{ savedDaysAgo: 74, until: "retired", retiredDaysAgo: 50, uses: [agents("연휴")] },
      },
    ],
  },
  {
    ...{ name: "여름 휴무 안내", tags: ["연휴"], channel: null, owner: "오지훈", archived: true },
    versions: [
      {
        content: text("8월 첫 주에는 고객센터가 쉽니다. 남겨 주신 내용은 그다음 월요일에 답해 드립니다."),
        ...{ savedDaysAgo: 130, until: "retired", retiredDaysAgo: 104, uses: [agents("연휴")] },
      },
    ],
  },
  {
    ...{ name: "파손 부위 사진 예시", tags: ["반품·교환"], channel: "한결생활", owner: "오지훈" },
    versions: [
      {
        content: shown(mediaId, "PLAIN_IMAGE", { media: "파손.png" }),
        savedDaysAgo: 57,
        until: "used",
        uses: [agents("반품·교환")],
      },
    ],
  },
  {
    ...{ name: "조립 설명서", tags: ["제품"], channel: "한결생활", owner: "이하늘" },
    versions: [
      {
        content: shown(mediaId, "PLAIN_FILE", { media: "조립설명서.pdf" }),
        savedDaysAgo: 112,
        until: "used",
        uses: [agents("제품")],
      },
    ],
  },
  {
    ...{ name: "전화 상담 녹음 안내", tags: ["공통"], channel: "한결생활", owner: "이하늘" },
    versions: [
      { content: shown(mediaId, "PLAIN_AUDIO", { media: "녹음안내.wav" }), savedDaysAgo: 20, until: "approved" },
    ],
  },
  {
    ...{ name: "조립 사진 안내", tags: ["제품"], channel: "한결생활", owner: "이하늘" },
    versions: [
      {
        content: shown(mediaId, "RICH_IMAGE", { picture: "조립.png" }),
        savedDaysAgo: 95,
        until: "used",
        uses: [agents("제품")],
      },
    ],
  },
  {
    ...{ name: "신제품 소식", tags: ["제품"], channel: "한결생활", owner: "이하늘" },
    versions: [
      {
        ...{ content: shown(mediaId, "WIDE_IMAGE", { picture: "거실.png" }), savedDaysAgo: 4, until: "returned" },
        note: "새 소식을 알리는 글에는 (광고) 표시와 수신 거부 방법이 필요한지 먼저 확인해 주십시오.",
      },
    ],
  },
  {
    ...{ name: "매장 찾기", tags: ["공통"], channel: "한결생활", owner: "오지훈" },
    versions: [
      {
        content: shown(mediaId, "WIDE_ITEM_LIST", { items: ["매장.png", "강남점.png", "성수점.png", "판교점.png"] }),
        ...{ savedDaysAgo: 3, until: "submitted" },
      },
    ],
  },
  {
    ...{ name: "가을 반품 안내", tags: ["반품·교환"], channel: "한결생활", owner: "이하늘" },
    versions: [
      {
        content: shown(mediaId, "CAROUSEL_FEED", { items: ["의자.png", "조명.png"] }),
        ...{ savedDaysAgo: 26, until: "used", uses: [agents("반품·교환")] },
      },
    ],
  },
  // Still without its film: its writer is looking for one.
  {
    ...{ name: "의자 조립 영상", tags: ["제품"], channel: "한결생활", owner: "오지훈" },
    versions: [{ content: exampleContent("PLAIN_VIDEO"), savedDaysAgo: 16, until: "draft" }],
  },
];
