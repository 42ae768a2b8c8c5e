// Ten thousand messages, right and wrong: the judge never falls over, names a field for each fault, and what it accepts a dealer's schema accepts.
import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  buttonTypes,
  messageTypes,
  type TemplateContent,
  templateContentSchema,
  variableKinds,
} from "../schema/content";
import { fillTemplate } from "./fill";
import { isSendable, judge } from "./judge";
import { payloadDealers, payloadFor } from "./payload";
import type { MediaFacts } from "./report";

const ajv = new Ajv2020({ allErrors: true, strict: false, validateFormats: false });
const schemaOf = (name: string) =>
  ajv.compile(JSON.parse(readFileSync(new URL(`../payload-schemas/${name}.json`, import.meta.url), "utf8")));
const schemas = new Map(
  payloadDealers.flatMap((dealer) =>
    (["plain", "rich"] as const).map((kind) => [`${dealer}-${kind}`, schemaOf(`${dealer}-${kind}`)] as const),
  ),
);

const ids = ["image", "video", "audio", "file"].map((_, at) =>
  `${at}`.repeat(8).concat("-1111-4111-8111-111111111111"),
);
const facts = (kind: MediaFacts["kind"], mime: string): MediaFacts => ({
  ...{
    kind,
    mime,
    name: "파일",
    bytes: 300_000,
    width: kind === "image" ? 800 : null,
    height: kind === "image" ? 600 : null,
  },
  ...{ seconds: null, sha256: "0".repeat(64) },
});
const media = new Map<string, MediaFacts>([
  [ids[0] ?? "", facts("image", "image/png")],
  [ids[1] ?? "", facts("video", "video/mp4")],
  [ids[2] ?? "", facts("audio", "audio/mpeg")],
  [ids[3] ?? "", facts("file", "application/pdf")],
]);

/** Sizes around the limits come up often, and so do the characters that counts disagree about. */
const letter = fc.constantFrom(
  "가",
  "a",
  " ",
  "😀",
  "👩‍👧",
  "🇰🇷",
  "각".normalize("NFD"),
  "\r\n",
  "Ａ",
  "#{이름}",
  "#{",
  "1",
);
const text = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom("", "안내", "자세히", "반품 접수", "#{이름}은 왔습니다", " ") },
  { weight: 2, arbitrary: fc.array(letter, { maxLength: 32 }).map((all) => all.join("")) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(letter, fc.constantFrom(13, 14, 19, 20, 21, 76, 180, 200, 700, 1_000))
      .map(([one, n]) => one.repeat(n)),
  },
);
const cut = (one: string, length: number) => one.slice(0, length).toWellFormed();
const address = fc.oneof(
  { weight: 4, arbitrary: fc.constant("https://m.hangyeol.example/return") },
  { weight: 2, arbitrary: fc.constant("") },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "http://x.example/",
      "javascript:alert(1)",
      "https://x.example/?phone=01012345678",
      "hangyeol://a",
      "https://x.example/#{이름}",
      `https://x.example/${"a".repeat(990)}`,
      "//x",
    ),
  },
);
const link = fc.record({
  urlMobile: address,
  urlPc: address,
  schemeAndroid: fc.constantFrom("", "", "hangyeol://a"),
  schemeIos: fc.constantFrom("", "", "hangyeol://a", "x"),
});
const picture = fc.option(
  fc.record({ mediaId: fc.constantFrom(...ids, ids[0] ?? ""), alt: fc.constantFrom("의자", "") }),
  { freq: 3 },
);
const button = fc
  .tuple(link, fc.constantFrom(...buttonTypes), text, fc.constantFrom("", "", "pl_chair", "의자"), fc.boolean())
  .map(([to, type, name, extra, spare]) => ({
    ...(type === "WL" || type === "AL" || spare ? to : {}),
    ...{ type, name: cut(name, 14), extra: type === "BK" || type === "MD" ? extra : "" },
  }));
const few = <T>(one: fc.Arbitrary<T>, most: number) => fc.array(one, { maxLength: most });
const pair = fc.record({ title: text.map((one) => cut(one, 7)), description: text.map((one) => cut(one, 24)) });
const item = fc.record({
  title: text.map((one) => cut(one, 31)),
  text: fc.oneof(fc.constant(""), text),
  picture,
  link: fc.oneof(fc.constant({}), link),
  buttons: few(button, 3),
});
const variable = fc.record({
  name: fc.constantFrom("이름", "이름", "다른 이름", "!"),
  kind: fc.constantFrom(...variableKinds),
  max: fc.option(fc.integer({ min: 0, max: 30 }), { freq: 4 }),
  longest: fc.constantFrom("", "김한결"),
  samples: few(fc.constantFrom("한결", "서연", ""), 2),
  closed: fc.boolean(),
});
/** A message of any type with any of the parts, mostly those that it may have. */
const message = fc
  .record({
    type: fc.constantFrom(...messageTypes),
    ...{
      title: text,
      text,
      extraText: text,
      picture,
      pictureLink: address,
      media: picture,
      items: few(item, 7),
      tail: fc.option(link),
    },
    ...{
      highlight: fc.option(fc.tuple(pair, picture).map(([one, thumb]) => ({ ...one, picture: thumb }))),
      list: few(pair, 11),
      summary: fc.option(pair),
    },
    ...{ buttons: few(button, 6), coupon: fc.boolean(), variables: few(variable, 2) },
    wild: fc.integer({ min: 0, max: 9 }),
  })
  .map(({ wild, ...all }): TemplateContent => {
    const whole = templateContentSchema.parse(all);
    return wild === 0 ? whole : fitted(wild < 5 ? whole : tidied(whole));
  });

const noLink = { urlMobile: "", urlPc: "", schemeAndroid: "", schemeIos: "" };

/** With cards and rows as a careful writer would have them: their texts stay as wild as they are. */
function tidied(content: TemplateContent): TemplateContent {
  const [spare] = templateContentSchema.parse({ type: "CAROUSEL_FEED", items: [{ title: "의자" }] }).items;
  const items = [...content.items, spare, spare, spare].flatMap((one) => (one ? [one] : [])).slice(0, 4);
  const link = { ...noLink, urlMobile: "https://m.hangyeol.example/return" };
  const row = { title: "번호", description: "R1" };
  return {
    ...content,
    buttons: content.buttons
      .slice(0, 2)
      .map((one) => ({ ...one, ...link, type: "WL" as const, extra: "", name: one.name || "보기" })),
    items: items.map((one) => ({
      ...one,
      link,
      title: one.title.trim() || "의자",
      picture: { mediaId: ids[0] ?? "", alt: "" },
      buttons: [],
    })),
    list: [row, row],
    summary: null,
    tail: null,
    variables: [{ name: "이름", kind: "text", max: 4, longest: "", samples: ["한결"], closed: false }],
  };
}

/** Only the parts that the type has: otherwise nothing would ever be right. */
function fitted(content: TemplateContent): TemplateContent {
  const bare = templateContentSchema.parse({ type: content.type, variables: content.variables });
  const kept = (fields: (keyof TemplateContent)[]) =>
    ({ ...bare, ...Object.fromEntries(fields.map((field) => [field, content[field]])) }) as TemplateContent;
  switch (content.type) {
    case "PLAIN_TEXT":
      return kept(["text"]);
    case "RICH_TEXT":
      return kept(["text", "buttons", "coupon"]);
    case "RICH_IMAGE":
      return kept(["text", "picture", "pictureLink", "buttons", "coupon"]);
    case "WIDE_IMAGE":
      return kept(["text", "picture", "buttons"]);
    case "WIDE_ITEM_LIST":
      return {
        ...kept(["title", "buttons"]),
        items: content.items.slice(0, 4).map((one) => ({ ...one, text: "", buttons: [] })),
      };
    case "CAROUSEL_FEED":
      return { ...kept(["tail"]), items: content.items.map((one) => ({ ...one, link: noLink })) };
    case "ITEM_LIST":
      return kept(["title", "highlight", "list", "summary", "text", "extraText", "picture", "buttons", "coupon"]);
    default:
      return kept(["media"]);
  }
}

/** Whether a path leads somewhere in a message. */
function leads(content: TemplateContent, path: string): boolean {
  let at: unknown = content;
  for (const key of path.split(".")) {
    if (at === null || typeof at !== "object" || !Object.hasOwn(at, key)) return false;
    at = (at as Record<string, unknown>)[key];
  }
  return true;
}

describe("any message", () => {
  it("is judged without falling over, with a path for each fault; what is accepted passes the dealers' schemas", () => {
    const accepted = new Map<string, number>();
    let wrong = 0;
    fc.assert(
      fc.property(message, (content) => {
        const report = judge(content, { media });
        for (const { path, rule } of report.findings)
          expect([rule, path, leads(content, path)]).toEqual([rule, path, true]);
        for (const { path } of report.counts) expect([path, leads(content, path)]).toEqual([path, true]);
        if (!isSendable(report)) {
          wrong += 1;
          return;
        }
        accepted.set(content.type, (accepted.get(content.type) ?? 0) + 1);
        for (const view of ["sample", "longest"] as const)
          for (const dealer of payloadDealers) {
            const { path, body } = payloadFor(dealer, content, {
              ...{ userKey: "AbC12dEf34_G", senderKey: "0".repeat(40), serial: "a0001" },
              urlOf: (id) => `http://dn-m.talk.kakao.com/${id}`,
              fileOf: (id) => ({ name: media.get(id)?.name ?? "", bytes: media.get(id)?.bytes ?? 0 }),
              fill: (one) => fillTemplate(one, content.variables, view),
            });
            const schema = schemas.get(`${dealer}-${path.endsWith("plain") ? "plain" : "rich"}`);
            if (!schema?.(body))
              throw new Error(`${dealer} ${content.type} ${JSON.stringify(body)} ${ajv.errorsText(schema?.errors)}`);
          }
      }),
      { numRuns: 10_000, seed: 20_261_124 },
    );
    expect(wrong).toBeGreaterThan(1_000);
    for (const type of messageTypes) expect([type, (accepted.get(type) ?? 0) > 0]).toEqual([type, true]);
  }, 120_000);
});

it("names the wide image as each dealer does", () => {
  const content = templateContentSchema.parse({
    type: "WIDE_IMAGE",
    text: "새 조명",
    picture: { mediaId: ids[0], alt: "" },
  });
  const given = {
    ...{ userKey: "u", senderKey: "s", serial: "1", urlOf: () => "http://k/1", fileOf: () => ({ name: "", bytes: 0 }) },
    fill: (one: string) => one,
  };
  expect(payloadFor("happytalk", content, given)).toEqual({
    path: "/kakaoWebhook/v3/bzc/chat/send/rich",
    body: {
      ...{ user_key: "u", sender_key: "s", serial_number: "1", chat_bubble_type: "WIDE_IMAGE", message: "새 조명" },
      attachment: { image: { img_url: "http://k/1" } },
    },
  });
  expect(payloadFor("infobank", content, given)).toEqual({
    path: "/api/comm/v1/cstalk/rich",
    body: {
      ...{ userKey: "u", senderKey: "s", ref: "1", msgType: "WIDE", message: "새 조명" },
      attachment: { image: { imgUrl: "http://k/1" } },
    },
  });
});
