import { expect, it } from "vitest";
import { hostOf, sentFiles } from "./rules/sent-files";
import type { ConsultEvent, Json } from "./schema";

const files = (row: ConsultEvent["row"], content: Json) => sentFiles({ kind: "message", row, content });
const url = "https://dn-m.talk.kakao.com/talkm/a%20b.jpg";
const one = { url, name: "a b.jpg", host: "dn-m.talk.kakao.com" };

it.each<[string, ConsultEvent["row"], Json, object[]]>([
  ["HappyTalk's attachment", "photo", { attachment: { url } }, [{ ...one, kind: "photo" }]],
  ["an attachment that is a text", "audio", { attachment: url }, [{ ...one, kind: "audio" }]],
  ["Infobank's contents", "photo", { contents: [{ url, comment: "설명" }] }, [{ ...one, kind: "photo" }]],
  ["contents that are texts", "text", { contents: [url, "안녕하세요"] }, []],
  ["a long text's whole", "text", { text: "앞", attachment: { url } }, [{ ...one, kind: "text" }]],
  ["a button's", "button", { text: "앞", attachment: { url } }, [{ ...one, kind: "text" }]],
  [
    "canonical attachments",
    "text",
    { attachments: [{ url, name: "계약서.pdf" }] },
    [{ ...one, name: "계약서.pdf", kind: "file" }],
  ],
  ["a kind of their own", "file", { attachments: [{ url, kind: "image" }] }, [{ ...one, kind: "photo" }]],
  ["what was sent as a picture", "photo", { attachment: { image: { img_url: url } } }, [{ ...one, kind: "photo" }]],
  [
    "what was sent as a file",
    "file",
    { attachment: { file: { file_url: url, file_name: "a.pdf", file_size: 1 } } },
    [{ ...one, name: "a.pdf", kind: "file" }],
  ],
  ["the same address twice", "photo", { attachment: { url }, contents: [{ url }] }, [{ ...one, kind: "photo" }]],
  ["no address", "photo", { attachment: { comment: "없음" } }, []],
  [
    "an address that is none",
    "file",
    { attachment: { url: "javascript:1" } },
    [{ kind: "file", url: "javascript:1", name: "1", host: "" }],
  ],
  [
    "a name with control characters",
    "file",
    { attachment: { url, name: "a\u202e\u0000b" } },
    [{ ...one, name: "ab", kind: "file" }],
  ],
])("finds %s", (_name, row, content, found) => {
  expect(files(row, content)).toEqual(found);
});

it("finds none in notes, and no more than a message may have", () => {
  expect(sentFiles({ kind: "note", row: "result", content: { attachment: { url } } })).toEqual([]);
  const many = Array.from({ length: 400 }, (_, n) => ({ url: `${url}?${n}` }));
  expect(files("photo", { contents: many })).toHaveLength(150);
});

it("names hosts as one writes them", () => {
  expect(hostOf("HTTPS://DN-M.talk.kakao.com:443/x")).toBe("dn-m.talk.kakao.com");
  expect(hostOf("http://127.0.0.1:8080/x")).toBe("127.0.0.1:8080");
  expect([hostOf("ftp://a.kr/"), hostOf("https://u@a.kr/"), hostOf("x")]).toEqual(["", "", ""]);
});
