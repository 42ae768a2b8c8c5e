// HappyTalk as its developers' pages have it (field-facts 1.4, 1.6, 1.7). v3 documents sending, endWithBot and uploads; ending, blocking and
// unblocking are documented for v1 alone and are called below v3's root here: inferred, as are the names in an upload's answer.
import { payloadFor } from "@/lib/templates/rules/payload";
import { type Dialect, type DialectAnswer, textAt, type Who } from "./dialect";
import { happytalkCodes, reasonOfStatus } from "./reasons";

const root = "/kakaoWebhook/v3/bzc";
/** "0000" is what uploads answer; block answers 0, or 200 elsewhere in the same document. */
const good = new Set(["0", "0000", "200"]);

const who = ({ userKey, senderKey, serial }: Who) => ({
  ...{ user_key: userKey, sender_key: senderKey },
  ...(serial === "" ? {} : { serial_number: serial }),
});

export const happytalk: Dialect = {
  address: "https://kakao-api.happytalk.io",
  headers: ({ id, key }) => ({ "HT-Client-Id": id, "HT-Client-Secret": key }),
  refusesRepeats: true,
  perSecond: null,
  read(status, body): DialectAnswer {
    const [code, text] = [textAt(body, "code"), textAt(body, "message")];
    if (status < 300 && good.has(code)) return { ok: true, code, text, data: body };
    if (status === 429) return { ok: false, reason: "rateLimited", code, text, data: body };
    const reason = happytalkCodes[code] ?? (/^81\d$/.test(code) ? "profile" : reasonOfStatus(status));
    return { ok: false, reason, code, text, data: body };
  },
  send(content, given) {
    const { path, body } = payloadFor("happytalk", content, given);
    return { method: "POST", path, body };
  },
  end: (given) => ({ method: "POST", path: `${root}/chat/end`, body: who(given) }),
  endWithBot: (given, event) => ({ method: "POST", path: `${root}/chat/endWithBot`, body: { ...who(given), event } }),
  block: (given) => ({ method: "POST", path: `${root}/profile/user/block`, body: who({ ...given, serial: "" }) }),
  unblock: (given) => ({ method: "POST", path: `${root}/profile/user/unblock`, body: who({ ...given, serial: "" }) }),
  uploadImage: (senderKey, rich) => ({
    ...{ method: "POST", path: `${root}/image/upload` },
    upload: { sender_key: senderKey, ...(rich ? { image_type: "rich" } : {}) },
  }),
  uploadFile: (senderKey) => ({ method: "POST", path: `${root}/file/upload`, upload: { sender_key: senderKey } }),
  uploaded: (data) => textAt(data, "image") || textAt(data, "file") || textAt(data, "url") || null,
  messageKey: () => null,
};
