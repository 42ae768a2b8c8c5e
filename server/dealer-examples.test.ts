// The stand-in against the examples of the dealers' documents, posted as they stand there (field-facts 1.5, 1.7).
import { describe, expect, it } from "vitest";
import { credentials, senderKey, stage } from "./dealer-testing";

describe("the stand-in against the documented examples", () => {
  const root = "/kakaoWebhook/v3/bzc/chat/send";
  const head = { user_key: "AbC12dEf34_G", sender_key: senderKey };
  const image = "https://dn-m.talk.kakao.com/1.jpg";
  const link = { url_mobile: "https://m.example.com", url_pc: "https://example.com" };
  const button = { name: "바로가기", type: "WL", ...link };
  const shownIn = { image: { img_url: image } };
  // field-facts 1.5, HT-v3 names.
  const examples: readonly [name: string, kind: "plain" | "rich", body: object][] = [
    ["plain text", "plain", { chat_bubble_type: "TEXT", message: "안녕하세요" }],
    ["plain image", "plain", { chat_bubble_type: "IMAGE", attachment: shownIn }],
    [
      "plain file",
      "plain",
      { chat_bubble_type: "FILE", attachment: { file: { file_url: image, file_name: "a.pdf", file_size: 102_400 } } },
    ],
    ["rich text", "rich", { chat_bubble_type: "TEXT", message: "안녕하세요", attachment: { buttons: [button] } }],
    [
      "rich image",
      "rich",
      {
        chat_bubble_type: "IMAGE",
        message: "안녕하세요",
        attachment: { image: { img_url: image, img_link: "https://m.example.com" }, buttons: [button] },
      },
    ],
    [
      "wide image",
      "rich",
      { chat_bubble_type: "WIDE_IMAGE", message: "안녕하세요", attachment: { ...shownIn, buttons: [button, button] } },
    ],
    [
      "wide item list",
      "rich",
      {
        chat_bubble_type: "WIDE_ITEM_LIST",
        header: "머리",
        attachment: {
          item: { list: [1, 2, 3].map((at) => ({ title: `항목 ${at}`, img_url: image, ...link })) },
          buttons: [button],
        },
      },
    ],
    [
      "carousel",
      "rich",
      {
        chat_bubble_type: "CAROUSEL_FEED",
        carousel: {
          list: [1, 2].map((at) => ({
            header: `카드 ${at}`,
            message: "글",
            attachment: { ...shownIn, buttons: [button] },
          })),
          tail: link,
        },
      },
    ],
    [
      "item list",
      "rich",
      {
        ...{ chat_bubble_type: "ITEM_LIST", header: "머리", message: "글", description: "부가 문구" },
        attachment: {
          item: {
            highlight: { title: "강조", description: "설명" },
            list: [
              { title: "하나", description: "값" },
              { title: "둘", description: "값" },
            ],
            summary: { title: "합계", description: "2개" },
          },
          buttons: [button],
        },
      },
    ],
  ];
  const post = async (
    address: string,
    path: string,
    body: object,
    headers: Record<string, string> = { "HT-Client-Id": credentials.id, "HT-Client-Secret": credentials.key },
  ) => {
    const answer = await fetch(`${address}${path}`, {
      method: "POST",
      body: JSON.stringify(body),
      headers: { "Content-Type": "application/json", ...headers },
    });
    return { status: answer.status, body: (await answer.json()) as { code?: number | string; message?: string } };
  };

  it.each(examples)("takes a %s", async (_name, kind, body) => {
    const { address, standIn } = await stage("happytalk");
    standIn.desk.press(head.user_key, "web_home");
    standIn.desk.keepFile(image);
    const sent = { ...head, serial_number: "a0001", ...body };
    expect(await post(address, `${root}/${kind}`, sent)).toEqual({
      status: 200,
      body: { code: 0, message: "success" },
    });
    expect((await post(address, `${root}/${kind}`, sent)).body.code).toBe(-504);
    expect(standIn.desk.sent.map((one) => one.body)).toEqual([sent]);
  });

  it("answers with the documented codes", async () => {
    const { address, standIn } = await stage("happytalk");
    const text = { ...head, serial_number: "1", chat_bubble_type: "TEXT", message: "안녕하세요" };
    expect((await post(address, `${root}/plain`, text)).body).toEqual({
      code: -502,
      message: "InvalidSessionException",
    });
    expect((await post(address, `${root}/plain`, text, {})).body.code).toBe(-500);
    expect((await post(address, `${root}/plain`, { ...text, user_key: "x".repeat(21) })).body.code).toBe(-503);
    expect((await post(address, `${root}/plain`, { ...text, sender_key: "0" })).body.code).toBe(-501);
    standIn.desk.press(head.user_key, null);
    expect((await post(address, `${root}/plain`, { ...text, serial_number: "x".repeat(31) })).body.code).toBe(-510);
    expect((await post(address, `${root}/plain`, { ...text, message: "가".repeat(1_001) })).body.code).toBe(-506);
    expect((await post(address, "/kakaoWebhook/v3/bzc/profile/user/block", head)).body.code).toBe(0);
    expect((await post(address, `${root}/plain`, text)).body.code).toBe(-511);
    expect((await post(address, "/kakaoWebhook/v3/elsewhere", {})).status).toBe(404);
  });

  it("is played by its controls", async () => {
    const { address } = await stage("infobank");
    const played = async (act: string, body: object) =>
      (await post(address, `/control/${act}`, body)) as { status: number; body: object };
    expect(await played("press", { userKey: "user_1", extra: "web_home" })).toMatchObject({
      status: 200,
      body: { open: { extra: "web_home" } },
    });
    expect(await played("say", { userKey: "user_1", text: "안녕하세요" })).toMatchObject({ body: { heard: true } });
    expect(await played("leave", { userKey: "user_1" })).toMatchObject({ body: { ended: true } });
    expect(await played("leave", { userKey: "user_1" })).toMatchObject({ body: { ended: false } });
    expect((await played("press", { userKey: "" })).status).toBe(422);
    expect((await played("nothing", {})).status).toBe(404);
    expect(await played("mood", { slowMs: 5, repeated: true })).toMatchObject({
      body: { slowMs: 5, repeated: true, unordered: false },
    });
  });
});
