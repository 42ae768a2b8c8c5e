// The judgement of messages, beside the least that it could be: a walk over the same texts that only counts them.
import { loadavg } from "node:os";
import { textLength } from "@/lib/templates/rules/counting";
import { isSendable, judge } from "@/lib/templates/rules/judge";
import { textsOf } from "@/lib/templates/rules/texts";
import { messageTypes, type TemplateContent, templateContentSchema } from "@/lib/templates/schema/content";
import type { Figures, Settings } from "../harness";

const picture = { mediaId: "11111111-1111-4111-8111-111111111111", alt: "오크 원목 의자" };
const link = { urlMobile: "https://m.hangyeol.example/return?order=#{주문번호}" };
const button = { type: "WL", name: "자세히 보기", ...link };

/** Ratios of one run, the order reversed each round. */
export async function benchTemplates(_adminUrl: string, settings: Settings): Promise<Figures[]> {
  const before = loadavg()[0] ?? 0;
  const messages = Array.from({ length: settings.quick ? 110 : 10_000 }, (_, at) => message(at));
  let sendable = 0;
  let units = 0;
  const ways = {
    judged: () => {
      sendable = messages.filter((one) => isSendable(judge(one, { media: null }))).length;
    },
    counted: () => {
      units = messages.reduce((sum, one) => sum + textsOf(one).reduce((all, { text }) => all + textLength(text), 0), 0);
    },
  };
  const laps: Record<keyof typeof ways, number[]> = { judged: [], counted: [] };
  for (let round = 0; round < settings.rounds; round += 1) {
    const names = Object.keys(ways) as (keyof typeof ways)[];
    for (const name of round % 2 === 0 ? names : names.reverse()) {
      const from = performance.now();
      ways[name]();
      laps[name].push(performance.now() - from);
    }
    settings.say?.(`${round + 1}/${settings.rounds}`);
  }
  const faults =
    sendable === messages.length && units > 0 ? [] : [`${messages.length - sendable} messages were refused`];
  const ms = median(laps.judged);
  return [
    {
      ...{ name: "templates", noisy: before > 4, loadAverage: before, faults },
      figures: [
        {
          what: "judgements of ten thousand that fit into a second",
          value: (1_000 / ms) * (messages.length / 10_000),
          least: 1,
          said: `${messages.length} messages of all types in ${Math.round(ms)} ms`,
        },
        {
          what: "judging against only counting",
          value: median(laps.judged.map((took, at) => took / (laps.counted[at] ?? took))),
          said: `${units} characters`,
        },
      ],
    },
  ];
}

/** A right message of each type in turn, with a variable in it. */
function message(at: number): TemplateContent {
  const type = messageTypes[at % messageTypes.length] ?? "PLAIN_TEXT";
  const text = `#{이름}님, 주문하신 상품 ${at}번이 출고되었습니다.`;
  const item = { title: "오크 의자", picture };
  const card = { ...item, text, buttons: [button, button] };
  const rows = [
    { title: "번호", description: "#{주문번호}" },
    { title: "수거일", description: "11.25 (수)" },
  ];
  const fields: Record<string, unknown> = {
    ...(/^PLAIN_(IMAGE|FILE|VIDEO|AUDIO)$/.test(type) ? { media: picture } : {}),
    ...(/^(PLAIN|RICH)_TEXT$|RICH_IMAGE|WIDE_IMAGE/.test(type) ? { text } : {}),
    ...(/RICH_IMAGE|WIDE_IMAGE/.test(type) ? { picture } : {}),
    ...(/^RICH|^WIDE|ITEM_LIST/.test(type) ? { buttons: [button] } : {}),
    ...(type === "WIDE_ITEM_LIST" ? { items: [0, 1, 2].map(() => ({ ...item, link })) } : {}),
    ...(type === "CAROUSEL_FEED" ? { items: [card, card, card, card] } : {}),
    ...(type === "ITEM_LIST" ? { title: "반품 접수", list: rows, text, extraText: text } : {}),
  };
  const variables = [
    { name: "이름", max: 6, samples: ["김한결"] },
    { name: "주문번호", max: 12, samples: ["R20261119031"] },
  ];
  return templateContentSchema.parse({ type, ...fields, variables });
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
