import { describe, expect, it } from "vitest";
import { isAllowedFrom } from "./rules/allowed-addresses";
import { shapeOf, showEvent } from "./rules/event-shape";
import { readCanonicalEvent, readEvents, sentId } from "./rules/read-canonical-event";
import { happytalkNames, infobankNames, readDealerEvent } from "./rules/read-dealer-event";
import { readJson, readText, type Value } from "./rules/read-json";
import { isSigned, sign } from "./rules/signature";

const now = new Date("2026-11-22T03:00:00Z");
const json = (text: string): Value => {
  const read = readJson(text);
  if (!read.ok) throw new Error("malformed");
  return read.value;
};
const happytalk = (kind: Parameters<typeof readDealerEvent>[1], text: string) =>
  readDealerEvent(happytalkNames, kind, json(text), now);
const infobank = (kind: Parameters<typeof readDealerEvent>[1], text: string) =>
  readDealerEvent(infobankNames, kind, json(text), now);
const read = (reading: ReturnType<typeof happytalk>) => {
  if (!reading.ok) throw new Error(reading.reason);
  return reading;
};

describe("JSON from a stranger", () => {
  it("keeps digits beyond 2^53", () => {
    expect(json('{"serial_number": 1689884130894833201, "small": 12, "price": 0.5}')).toEqual({
      serial_number: "1689884130894833201",
      small: 12,
      price: 0.5,
    });
  });
  it("calls malformed what is meant to break a parser", () => {
    for (const text of [
      "",
      "{",
      '{"a":1,"a":2}',
      "[".repeat(1_000_000),
      '{"a":'.repeat(10_000),
      "1e309",
      "NaN",
      '{"a":\n}',
      "01",
    ]) {
      expect(readJson(text).ok, text.slice(0, 20)).toBe(false);
    }
    expect(readJson(`{"a":"${"[".repeat(100)}\\""}`).ok).toBe(true);
    expect(readText(Buffer.from([0x22, 0xc3, 0x28, 0x22]))).toBeNull();
    expect(readText(Buffer.from("\ufeff{}", "utf8"))).toBe("{}");
  });
  it("lets a field named __proto__ change nothing", () => {
    const value = json('{"__proto__": {"admin": true}, "a": 1}') as { [name: string]: Value };
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect("admin" in value).toBe(false);
    expect(shapeOf(value)).toEqual({ "…": { admin: "boolean" }, a: "number" });
  });
  it("reads a million characters in one string", () => {
    expect(json(JSON.stringify("가".repeat(1_000_000)))).toHaveLength(1_000_000);
  });
});

describe("the shape of an event", () => {
  it("holds names and types, never values", () => {
    const shape = shapeOf(
      json('{"userKey":"MZjEVK4x18_V","time":1,"list":[{"a":null},{"b":2}],"010-1234-5678":true,"empty":[]}'),
    );
    expect(shape).toEqual({ userKey: "string", time: "number", list: [{ a: "null" }], "…": "boolean", empty: [] });
  });
  it("is bounded", () => {
    const wide = Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`f${i}`, i]));
    expect(JSON.stringify(shapeOf(wide)).length).toBeLessThan(1_000);
    expect(showEvent("cstalk/new_event")).toBe("cstalk/new_event");
    expect(showEvent("홍길동")).toBe("…");
  });
});

describe("HappyTalk v1, as documented", () => {
  it("message", () => {
    const { senderKey, event, unknown } = read(
      happytalk(
        "message",
        `{"user_key":"MZjEVK4x18_V","session_id":"12345678","sender_key":"07c2c1b0661cfa374ccc8a9fa9fa2adac1fe89ca","time":1653985613535,
          "serial_number":1689884130894833200,"type":"text","content":"상담문의 드립니다."}`,
      ),
    );
    expect(senderKey).toBe("07c2c1b0661cfa374ccc8a9fa9fa2adac1fe89ca");
    expect(unknown).toEqual([]);
    expect(event).toMatchObject({
      kind: "message",
      sessionId: "12345678",
      userKey: "MZjEVK4x18_V",
      direction: "in",
      row: "text",
    });
    expect(event.key).toBe("message:1689884130894833200");
    expect(event.at).toEqual(new Date(1653985613535));
    expect(event.content).toEqual({ serial: "1689884130894833200", type: "text", text: "상담문의 드립니다." });
  });
  it("message over 1,000 characters, and contents[] of v3", () => {
    const long = read(
      happytalk(
        "message",
        `{"user_key":"MZjEVK4x18_V","session_id":"162821231","sender_key":"4c95","time":1653986545306,"serial_number":1689884130894833200,"type":"text",
          "content":"길이가 300자인 문자","attachment":{"url":"http://dn-m.talk.kakao.com/talkm/a/b/t_e7.txt"}}`,
      ),
    );
    expect(long.event.content).toMatchObject({ attachment: { url: "http://dn-m.talk.kakao.com/talkm/a/b/t_e7.txt" } });
    const v3 = read(
      happytalk(
        "message",
        `{"user_key":"u","session_id":"1","sender_key":"4c95","time":1653986545306,"serial_number":"9","type":"photo",
          "contents":["글", {"url":"https://mud-kage.kakao.com/a.jpg","comment":"사진"}], "extra":"MENU_1"}`,
      ),
    );
    expect(v3.event).toMatchObject({ row: "photo", extra: null, content: { extra: "MENU_1" } });
  });
  it("a button pressed comes back as a text with extra", () => {
    const pressed = happytalk(
      "message",
      `{"user_key":"u","session_id":"1","sender_key":"4","time":1653986545306,"serial_number":9,"type":"text","content":"환불","extra":"refund"}`,
    );
    expect(read(pressed).event).toMatchObject({ row: "button", extra: null });
  });
  it("reference", () => {
    const { event } = read(
      happytalk(
        "reference",
        `{"user_key":"Xj1bW5wlE5SR","session_id":"163755146","sender_key":"4c9591f37822ae1ed5b781582af08b1e2d922cea","app_user_id":null,"time":1654738690219,
          "reference":{"extra":"pl_home_footer","text":"","lastText":"","lastTextDate":"2022-06-07T11:53:32.431","appUserId":null},
          "last_reference":{"extra":"pl_product_page","bot":"true","bot_event":"","created_at":"2022-06-07T11:53:32.431"}}`,
      ),
    );
    expect(event).toMatchObject({ kind: "opened", sessionId: "163755146", extra: "pl_home_footer", row: "opened" });
    expect(event.content).toMatchObject({ lastReference: { extra: "pl_product_page", bot: "true" } });
  });
  it("reference whose extra is a sentence: sealed, not shown", () => {
    const { event } = read(
      happytalk(
        "reference",
        `{"user_key":"u","session_id":"1","sender_key":"4","time":1654738690219,"reference":{"extra":"홍길동 010-1234-5678"}}`,
      ),
    );
    expect(event.extra).toBeNull();
    expect(event.content).toMatchObject({ reference: { extra: "홍길동 010-1234-5678" } });
    const phone = happytalk(
      "reference",
      `{"user_key":"u","session_id":"1","sender_key":"4","time":1654738690219,"reference":{"extra":"01012345678"}}`,
    );
    expect(read(phone).event.extra).toBeNull();
  });
  it("expired_session, with and without an end type", () => {
    const { event } = read(
      happytalk(
        "expired_session",
        `{"user_key":"Xj1bW5wlE5SR","sender_key":"4c95","session_id":"163760025","time":1654740377038}`,
      ),
    );
    expect(event).toMatchObject({ kind: "ended", at: new Date(1654740377038), reason: null, content: null });
    const typed = happytalk(
      "expired_session",
      `{"user_key":"u","sender_key":"4","session_id":"1","time":1654740377038,"end_type":"AE"}`,
    );
    expect(read(typed).event.reason).toBe("AE");
  });
  it("refuses shapes that are none", () => {
    const wrong = [
      `[]`,
      `{}`,
      `{"user_key":"${"u".repeat(21)}","session_id":"1","sender_key":"4","time":1654740377038}`,
      `{"user_key":"u","session_id":{"not":""},"sender_key":"4","time":1654740377038}`,
      `{"user_key":"u","session_id":"1","sender_key":"4","time":253402300800000}`,
      `{"user_key":"u","session_id":"1","sender_key":"4","time":"2022-06-07T11:53:32"}`,
      `{"user_key":"u\\u0000","session_id":"1","sender_key":"4","time":1654740377038}`,
      `{"user_key":"u","session_id":"","sender_key":"4","time":1654740377038}`,
    ];
    for (const text of wrong)
      expect(happytalk("expired_session", text), text).toEqual({ ok: false, reason: "invalid_shape" });
    const far = `{"user_key":"u","session_id":"1","sender_key":"4","time":${now.getTime() + 25 * 3_600_000}}`;
    expect(happytalk("expired_session", far)).toEqual({ ok: false, reason: "invalid_shape" });
    const long = `{"user_key":"u","session_id":"1","sender_key":"4","time":1654740377038,"serial_number":1,"type":"text","content":"${"x".repeat(20_001)}"}`;
    expect(happytalk("message", long)).toEqual({ ok: false, reason: "invalid_shape" });
  });
  it("refuses what is no 1:1 consult (guide 3-2), and says which fields it does not know", () => {
    const friend = `{"user_key":"u","session_id":"1","sender_key":"4","time":1654740377038,"serial_number":1,"type":"text","content":"광고","message_type":"FT"}`;
    expect(happytalk("message", friend)).toEqual({ ok: false, reason: "out_of_scope" });
    const unknown = read(
      happytalk(
        "expired_session",
        `{"user_key":"u","session_id":"1","sender_key":"4","time":1654740377038,"agent":"상담원 3"}`,
      ),
    );
    expect(unknown.unknown).toEqual(["agent"]);
    expect(unknown.event.content).toEqual({ more: { agent: "상담원 3" } });
  });
});

describe("Infobank, as documented", () => {
  const common = `"msgKey":"260322090000001","userKey":"AbC12dEf34_G","senderKey":"0123456789abcdef0123456789abcdef01234567","serviceType":"CSTALK"`;
  it("message of 2026: contents only, kakaoTime", () => {
    const { event, unknown } = read(
      infobank(
        "message",
        `{${common},"msgType":"TEXT","requestType":"message","sendTime":"2026-03-22T09:00:01.100+09:00","reportTime":"2026-03-22T09:00:01.200+09:00",
          "kakaoTime":"2026-03-22T09:00:00.000+09:00","sessionId":"163755146","contents":[{"url":"","comment":"배송 문의드려요"}]}`,
      ),
    );
    expect(unknown).toEqual([]);
    expect(event).toMatchObject({ key: "message:260322090000001", row: "text", at: new Date("2026-03-22T00:00:00Z") });
    expect(event.content).toMatchObject({ contents: [{ url: "", comment: "배송 문의드려요" }] });
  });
  it("the same event delivered again, later: the same", () => {
    const at = (report: string) =>
      read(
        infobank(
          "message",
          `{${common},"msgType":"TEXT","sendTime":"2026-03-22T09:00:01+09:00","reportTime":"${report}","kakaoTime":"2026-03-22T09:00:00+09:00","sessionId":"1","content":"a"}`,
        ),
      ).event;
    const [first, second] = [at("2026-03-22T09:00:02+09:00"), at("2026-03-22T09:05:02+09:00")];
    expect(second).toEqual(first);
  });
  it("reference, expired_session, seen_info and result, with the session left out where the documents leave it out", () => {
    const times = `"sendTime":"2026-03-22T09:00:01.100+09:00","reportTime":"2026-03-22T09:00:01.200+09:00"`;
    const reference = infobank(
      "reference",
      `{${common},"msgType":"REFERENCE","requestType":"reference",${times},"sessionId":"9","appUserId":9007199254740993,"reference":{"extra":"pl_home"},"lastReference":{"extra":"old","bot":"false"}}`,
    );
    expect(read(reference).event).toMatchObject({
      kind: "opened",
      extra: "pl_home",
      content: { appUserId: "9007199254740993" },
    });
    const ended = infobank(
      "expired_session",
      `{${common},"msgType":"SESSION","requestType":"expired_session",${times},"sessionId":"9"}`,
    );
    expect(read(ended).event).toMatchObject({ kind: "ended", sessionId: "9" });
    const seen = infobank("seen_info", `{${common},"msgType":"SEEN","requestType":"seen_info",${times}}`);
    expect(read(seen).event).toMatchObject({ kind: "note", row: "seen", sessionId: null, key: "seen:260322090000001" });
    const result = infobank(
      "result",
      `{${common},"requestType":"write",${times},"reportCode":"A000","reportText":"성공","ref":"r-1"}`,
    );
    expect(read(result).event).toMatchObject({ row: "result", content: { reportCode: "A000", ref: "r-1" } });
  });
  it("another service of the dealer is out of scope", () => {
    const alimtalk = `{"msgKey":"1","userKey":"u","senderKey":"0","serviceType":"ALIMTALK","msgType":"AT","kakaoTime":"2026-03-22T09:00:00+09:00","sessionId":"1"}`;
    expect(infobank("message", alimtalk)).toEqual({ ok: false, reason: "out_of_scope" });
  });
});

describe("the canonical format", () => {
  const event = (more: object = {}) => ({
    id: "evt_1",
    type: "message.received",
    at: "2026-11-22T11:59:00+09:00",
    senderKey: "0123",
    userKey: "AbC12dEf34_G",
    sessionId: "163755146",
    message: { serial: "1689884130894833200", kind: "text", text: "안녕하세요" },
    ...more,
  });
  const canonical = (more: object) => readCanonicalEvent(json(JSON.stringify(event(more))), now);

  it("reads an array, lines, one object over several lines; not more than 1,000", () => {
    expect(readEvents(JSON.stringify([event(), event()]))).toHaveLength(2);
    expect(readEvents(`${JSON.stringify(event())}\n\n${JSON.stringify(event())}\n`)).toHaveLength(2);
    expect(readEvents(JSON.stringify(event(), null, 2))).toHaveLength(1);
    expect(readEvents(`${JSON.stringify(event())}\n{"id":`)).toEqual([{ value: expect.anything() }, { value: null }]);
    expect(readEvents("not json")).toBeNull();
    expect(readEvents("")).toBeNull();
    expect(readEvents(JSON.stringify(Array.from({ length: 1_001 }, () => 1)))).toBe("tooMany");
    expect(readEvents("{}\n".repeat(1_001))).toBe("tooMany");
  });
  it("reads each type", () => {
    expect(read(canonical({})).event).toMatchObject({
      key: "event:evt_1",
      kind: "message",
      direction: "in",
      row: "text",
    });
    expect(read(canonical({ type: "message.sent", message: { serial: 7, kind: "RICH_IMAGE" } })).event).toMatchObject({
      direction: "out",
      row: "photo",
    });
    const opened = { type: "session.opened", message: undefined, extra: "pl_1", entry: "qr" };
    expect(read(canonical(opened)).event).toMatchObject({ kind: "opened", extra: "pl_1", entry: "qr", row: null });
    const ended = { type: "session.ended", message: undefined, reason: "user_left" };
    expect(read(canonical(ended)).event).toMatchObject({ kind: "ended", reason: "user_left", row: null });
    const told = { type: "session.ended", message: undefined, reason: "상담원이 끝냄" };
    expect(read(canonical(told)).event).toMatchObject({
      reason: null,
      row: "ended",
      content: { reason: "상담원이 끝냄" },
    });
  });
  it("sets aside what it does not know", () => {
    expect(canonical({ type: "message.edited" })).toEqual({ ok: false, reason: "unknown_event" });
    expect(canonical({ type: "alimtalk.sent" })).toEqual({ ok: false, reason: "out_of_scope" });
    expect(canonical({ message: { serial: "1", kind: "chatbot", text: "봇" } })).toEqual({
      ok: false,
      reason: "out_of_scope",
    });
    for (const wrong of [
      { at: "2026-11-22T11:59:00" },
      { at: "2026-02-30T00:00:00Z" },
      { message: undefined },
      { entry: "door" },
      { id: "" },
      { userKey: "" },
      { sessionId: ["a"] },
    ]) {
      expect(canonical(wrong), JSON.stringify(wrong)).toEqual({ ok: false, reason: "invalid_shape" });
    }
    expect(read(canonical({ note: "새 항목" })).unknown).toEqual(["note"]);
    expect(sentId(json('{"id":"a\\nb"}'))).toBeNull();
  });
});

describe("signatures", () => {
  const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
  const body = Buffer.from('{"id":"evt_1"}');
  const at = (seconds: number) => String(Math.floor(now.getTime() / 1_000) + seconds);
  const headers = (seconds = 0, more = {}) => ({
    id: "msg_1",
    timestamp: at(seconds),
    signature: sign(secret, "msg_1", at(seconds), body),
    ...more,
  });

  it("hold for exactly these bytes, within five minutes, with a secret in force", () => {
    expect(isSigned([secret], headers(), body, now)).toBe(true);
    expect(isSigned([secret], headers(299), body, now)).toBe(true);
    expect(isSigned([secret], headers(-299), body, now)).toBe(true);
    expect(isSigned([secret], headers(301), body, now)).toBe(false);
    expect(isSigned([secret], headers(-301), body, now)).toBe(false);
    expect(isSigned([secret], headers(), Buffer.from('{"id": "evt_1"}'), now)).toBe(false);
    expect(isSigned([secret], headers(0, { id: "msg_2" }), body, now)).toBe(false);
    expect(isSigned([secret], headers(0, { signature: undefined }), body, now)).toBe(false);
    expect(isSigned([`whsec_${Buffer.alloc(32, 8).toString("base64")}`], headers(), body, now)).toBe(false);
    expect(isSigned([], headers(), body, now)).toBe(false);
    const several = `v1,AAAA v2,${"x".repeat(10)} ${headers().signature}`;
    expect(isSigned(["whsec_AAAA", secret], headers(0, { signature: several }), body, now)).toBe(true);
  });
});

describe("who may call", () => {
  it("is anybody where nobody is listed, else those in the ranges", () => {
    expect(isAllowedFrom([], "203.0.113.7")).toBe(true);
    expect(isAllowedFrom(["203.0.113.0/24"], "203.0.113.7")).toBe(true);
    expect(isAllowedFrom(["203.0.113.0/24", "2001:db8::/32"], "2001:db8::1")).toBe(true);
    expect(isAllowedFrom(["203.0.113.7"], "203.0.113.8")).toBe(false);
    expect(isAllowedFrom(["203.0.113.7"], "")).toBe(false);
  });
});
