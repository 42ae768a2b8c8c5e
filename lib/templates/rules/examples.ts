// One believable message of each type: what the gallery shows and what a new template may begin with. Without pictures; those are the company's.
import { type MessageType, messageTypes, type TemplateContent, templateContentSchema } from "../schema/content";

type Written = Parameters<typeof templateContentSchema.parse>[0];

const link = (name: string, path: string) => ({ name, urlMobile: `https://m.hangyeol.example/${path}` });
const item = (title: string, path: string) => ({ title, link: { urlMobile: `https://m.hangyeol.example/${path}` } });

const written: Readonly<Record<MessageType, Written>> = {
  PLAIN_TEXT: {
    text: "안녕하세요. 주문하신 #{상품}은 내일 출고됩니다. 운송장 번호가 나오면 바로 알려 드리겠습니다.",
    variables: [{ name: "상품", longest: "접이식 원목 식탁 의자 2개 세트", samples: ["오크 의자"] }],
  },
  PLAIN_IMAGE: {},
  PLAIN_FILE: {},
  PLAIN_VIDEO: {},
  PLAIN_AUDIO: {},
  RICH_TEXT: {
    text: "수거 예약이 끝났습니다. 기사가 방문하기 전에 연락드립니다.",
    buttons: [link("예약 보기", "pickup"), link("날짜 바꾸기", "pickup/date"), link("취소하기", "pickup/cancel")],
  },
  RICH_IMAGE: {
    text: "사진처럼 앞다리부터 끼우고 나사를 손으로 조여 주십시오.",
    buttons: [link("설명서 보기", "manual"), link("영상 보기", "manual/video")],
  },
  WIDE_IMAGE: {
    text: "이번 주 새로 나온 스탠드 조명을 소개합니다.",
    buttons: [link("둘러보기", "lamps"), link("매장 찾기", "stores")],
  },
  WIDE_ITEM_LIST: {
    items: [
      item("가까운 매장에서 바로 보세요", "stores"),
      item("강남점 · 오늘 20:30까지", "stores/gangnam"),
      item("성수점 · 오늘 21:00까지", "stores/seongsu"),
      item("판교점 · 오늘 20:00까지", "stores/pangyo"),
    ],
    buttons: [link("모두 보기", "stores"), link("길 찾기", "stores/map")],
  },
  CAROUSEL_FEED: {
    items: [
      {
        title: "오크 의자",
        text: "조립하지 않은 상태로 원래 상자에 넣어 주십시오.",
        buttons: [link("상자 신청", "return/box"), link("수거 예약", "return/pick")],
      },
      {
        title: "스탠드 조명",
        text: "전구를 빼 주십시오.",
        buttons: [link("상자 신청", "return/box"), link("수거 예약", "return/pick")],
      },
    ],
  },
  ITEM_LIST: {
    title: "반품 접수 안내",
    list: [
      { title: "접수번호", description: "R20261119031" },
      { title: "수거일", description: "11.25 (수)" },
    ],
    summary: { title: "환불예정", description: "189,000원" },
    text: "상자를 문 앞에 두시면 됩니다.",
    extraText: "환불은 3영업일 안에 끝납니다.",
    buttons: [link("접수 내용 보기", "return"), link("수거일 바꾸기", "return/date")],
  },
};

/** An example of a type, complete but for its pictures and files. */
export function exampleContent(type: MessageType): TemplateContent {
  return templateContentSchema.parse({ type, ...(written[type] as object) });
}

export const exampleContents: readonly TemplateContent[] = messageTypes.map(exampleContent);
