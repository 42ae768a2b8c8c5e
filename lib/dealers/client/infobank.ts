// Infobank's Bizgo as its OpenAPI description has it (field-facts 1.4–1.8): two results in each answer, both must be A000. Marked there as
// unverified, or not described, and so inferred here: `botEvent`, the profile's call, and the names in an upload's answer.
import { payloadFor } from "@/lib/templates/rules/payload";
import {
  at,
  type ConsultHours,
  type Dialect,
  type DialectAnswer,
  listAt,
  type SystemMessage,
  type SystemMessageState,
  systemMessageKinds,
  textAt,
  type Who,
} from "./dialect";
import { infobankCodes, reasonOfStatus } from "./reasons";

const talk = "/api/comm/v1/cstalk";
const centre = "/api/comm/v1/center/cstalk";
const files = "/api/comm/v1/file/cstalk";

const who = ({ userKey, senderKey, serial }: Who) => ({
  userKey,
  senderKey,
  ...(serial === "" ? {} : { ref: serial }),
});
const query = (fields: Readonly<Record<string, string>>) => `?${new URLSearchParams(fields)}`;
const states: Readonly<Record<string, SystemMessageState>> = {
  ...{ REG: "registered", REQ: "requested", APR: "approved", REJ: "rejected", INQ: "asked" },
};
const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

export const infobank: Dialect = {
  address: "https://mars.ibapi.kr",
  headers: ({ key }) => ({ Authorization: key }),
  // `ref` comes back in the result and is not looked at: the same one twice is two messages.
  refusesRepeats: false,
  // Field-facts 1.7: 200 messages a second, else A020.
  perSecond: 200,
  read(status, body): DialectAnswer {
    const auth = textAt(body, "common", "authCode");
    const own = textAt(body, "data", "code");
    const data = at(body, "data");
    if (status < 300 && auth === "A000" && own === "A000")
      return { ok: true, code: own, text: textAt(data, "result"), data };
    const code = auth !== "" && auth !== "A000" ? auth : own;
    const text = textAt(body, "common", "authResult") || textAt(data, "result");
    return {
      ok: false,
      reason: infobankCodes[code] ?? reasonOfStatus(status),
      code,
      text: auth === "A000" ? textAt(data, "result") : text,
      data,
    };
  },
  send(content, given) {
    const { path, body } = payloadFor("infobank", content, given);
    return { method: "POST", path, body };
  },
  end: (given) => ({ method: "POST", path: `${talk}/end`, body: who(given) }),
  endWithBot: (given, event) => ({
    method: "POST",
    path: `${talk}/endWithBot`,
    body: { ...who(given), botEvent: event },
  }),
  block: ({ senderKey, userKey }) => ({
    method: "POST",
    path: `${centre}/profile/user/block`,
    body: { cstalk: { senderKey, userKey } },
  }),
  unblock: ({ senderKey, userKey }) => ({
    method: "POST",
    path: `${centre}/profile/user/unblock`,
    body: { cstalk: { senderKey, userKey } },
  }),
  uploadImage: (senderKey, rich) => ({
    method: "POST",
    path: `${files}/image`,
    upload: { senderKey, ...(rich ? { imageType: "rich" } : {}) },
  }),
  uploadFile: (senderKey) => ({ method: "POST", path: files, upload: { senderKey } }),
  uploaded: (data) => textAt(data, "imgUrl") || textAt(data, "fileUrl") || textAt(data, "url") || null,
  messageKey: (data) => textAt(data, "msgKey") || null,
  session: {
    call: ({ senderKey, userKey }) => ({ method: "GET", path: `${centre}/session${query({ senderKey, userKey })}` }),
    read: (data) => ({ startedAt: instant(textAt(data, "startedAt")), expiresAt: instant(textAt(data, "expiredAt")) }),
  },
  profile: {
    call: (senderKey) => ({ method: "GET", path: `${centre}/sender${query({ senderKey })}` }),
    read(data) {
      const name = textAt(data, "name");
      if (name === "") return null;
      return {
        ...{ name, searchId: textAt(data, "uuid"), active: textAt(data, "profileStatus") === "A" },
        ...{ consultTalk: at(data, "bizchat") === true, committalCompany: textAt(data, "committalCompanyName") },
      };
    },
  },
  hours: {
    read: (senderKey) => ({ method: "GET", path: `${centre}/consult/time${query({ senderKey })}` }),
    // Once registered it is only edited (1.8).
    write: (senderKey, hours, there) => ({
      ...{ method: there ? "PUT" : "POST", path: `${centre}/consult/time` },
      body: { senderKey, consultTime: hours },
    }),
    of: (data) =>
      listAt(data, "consultTime").flatMap((one): ConsultHours => {
        const day = days.find((name) => name === textAt(one, "day"));
        const [startAt, endAt] = [textAt(one, "startAt"), textAt(one, "endAt")];
        return day && /^\d{4}$/.test(startAt) && /^\d{4}$/.test(endAt) ? [{ day, startAt, endAt }] : [];
      }),
  },
  system: {
    list: (senderKey) => ({ method: "GET", path: `${centre}/system/message${query({ senderKey })}` }),
    save: (senderKey, { kind, text }) => ({
      method: "POST",
      path: `${centre}/system/message`,
      body: { senderKey, type: kind, message: text },
    }),
    submit: (senderKey, kind) => ({
      method: "POST",
      path: `${centre}/system/message/requestApproval`,
      body: { senderKey, type: kind },
    }),
    of: (data) =>
      listAt(data, "messages").flatMap((one): SystemMessage[] => {
        const kind = systemMessageKinds.find((name) => name === textAt(one, "type"));
        const state = states[textAt(one, "inspectStatus")];
        return kind && state ? [{ kind, state, text: textAt(one, "message"), comment: textAt(one, "comment") }] : [];
      }),
  },
};

/** ISO 8601; without a zone it is Korean time (1.2). */
function instant(text: string): Date | null {
  if (text === "") return null;
  const found = new Date(/(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}+09:00`);
  return Number.isNaN(found.getTime()) ? null : found;
}
