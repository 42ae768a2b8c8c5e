// The stand-in as Infobank's Bizgo (field-facts 1.2, 1.4–1.8): two results in each answer, webhooks with a key of their own and Korean ISO times.
// What Kakao refuses has no documented code there: it is answered as A213 with a text, which is inferred.
import {
  type ConsultHours,
  type Json,
  listAt,
  type SystemMessageState,
  systemMessageKinds,
  textAt,
} from "../client/dialect";
import type { DeskRefusal } from "./desk";
import { type DeskReply, type Handler, replied, type Speaking } from "./speaking";

const codes: Partial<Record<DeskRefusal, string>> = { profile: "A502", userKey: "A507" };

const good = (data: Json = {}): DeskReply => ({
  status: 200,
  body: { common: { authCode: "A000", authResult: "Success" }, data: { code: "A000", result: "Success", ...data } },
});
const refuse = (refusal: DeskRefusal): DeskReply => {
  if (refusal === "credentials")
    return { status: 401, body: { common: { authCode: "A401", authResult: "Unauthorized" } } };
  if (refusal === "rateLimited")
    return { status: 429, body: { common: { authCode: "A020", authResult: "Rate limit" } } };
  const data = { code: codes[refusal] ?? "A213", result: refusal };
  return {
    status: refusal === "failed" ? 500 : 200,
    body: { common: { authCode: "A000", authResult: "Success" }, data },
  };
};
const who = (body: unknown) => ({ user: textAt(body, "userKey"), sender: textAt(body, "senderKey") });

const send =
  (plain: boolean): Handler =>
  (desk, { body }) => {
    const { user, sender } = who(body);
    const [serial, code] = [textAt(body, "ref"), textAt(body, "msgType")];
    if (serial.length > 200) return refuse("invalid");
    // The same `ref` twice is two messages: the desk is given none to compare.
    const message = { senderKey: sender, userKey: user, serial: "", code, plain, body: body as Json, result: true };
    return replied(desk.send(message), ({ messageKey }) => good({ msgKey: messageKey, ref: serial }), refuse);
  };
const end =
  (by: "agent" | "bot"): Handler =>
  (desk, { body }) =>
    replied(desk.end(who(body).sender, who(body).user, by), () => good(), refuse);
const block =
  (blocked: boolean): Handler =>
  (desk, { body }) => {
    const { user, sender } = who((body as { cstalk?: unknown } | null)?.cstalk);
    return replied(desk.block(sender, user, blocked), () => good(), refuse);
  };
const upload =
  (name: "imgUrl" | "fileUrl"): Handler =>
  (desk, { fields, file }) =>
    file
      ? replied(desk.upload(fields.senderKey ?? "", file.name), (url) => good({ [name]: url }), refuse)
      : refuse("invalid");
const writeHours: Handler = (desk, { body }) => {
  const hours = listAt(body, "consultTime") as ConsultHours;
  return replied(desk.writeHours(textAt(body, "senderKey"), hours), () => good(), refuse);
};
const kindOf = (body: unknown) => systemMessageKinds.find((kind) => kind === textAt(body, "type"));
const shown: Readonly<Record<SystemMessageState, string>> = {
  ...{ registered: "REG", requested: "REQ", approved: "APR", rejected: "REJ", asked: "INQ" },
};

const talk = "/api/comm/v1/cstalk";
const centre = "/api/comm/v1/center/cstalk";
const files = "/api/comm/v1/file/cstalk";
const calls: Readonly<Record<string, Handler>> = {
  [`POST ${talk}/plain`]: send(true),
  [`POST ${talk}/rich`]: send(false),
  [`POST ${talk}/end`]: end("agent"),
  [`POST ${talk}/endWithBot`]: end("bot"),
  [`POST ${centre}/profile/user/block`]: block(true),
  [`POST ${centre}/profile/user/unblock`]: block(false),
  [`POST ${files}/image`]: upload("imgUrl"),
  [`POST ${files}`]: upload("fileUrl"),
  [`GET ${centre}/session`]: (desk, { query }) => {
    if (query.senderKey !== desk.options.senderKey) return refuse("profile");
    const facts = desk.sessionFacts(query.userKey ?? "");
    return facts
      ? good({
          startedType: "UM",
          startedAt: koreanTime(facts.startedAt),
          expiredType: facts.endedBy,
          expiredAt: koreanTime(facts.expiresAt),
        })
      : refuse("noData");
  },
  [`GET ${centre}/sender`]: (desk, { query }) => {
    const { senderKey, name, searchId, committalCompany } = desk.options;
    if (query.senderKey !== senderKey) return refuse("profile");
    return good({
      senderKey,
      name,
      uuid: searchId,
      profileStatus: "A",
      bizchat: true,
      committalCompanyName: committalCompany,
    });
  },
  [`GET ${centre}/consult/time`]: (desk, { query }) =>
    replied(desk.hours(query.senderKey ?? ""), (consultTime) => good({ consultTime }), refuse),
  [`POST ${centre}/consult/time`]: writeHours,
  [`PUT ${centre}/consult/time`]: writeHours,
  [`GET ${centre}/system/message`]: (desk, { query }) =>
    replied(
      desk.systemMessages(query.senderKey ?? ""),
      (all) =>
        good({
          messages: all.map(({ kind, text, state, comment }) => ({
            type: kind,
            message: text,
            inspectStatus: shown[state],
            comment,
          })),
        }),
      refuse,
    ),
  [`POST ${centre}/system/message`]: (desk, { body }) => {
    const kind = kindOf(body);
    if (!kind) return refuse("invalid");
    return replied(
      desk.saveSystemMessage(textAt(body, "senderKey"), kind, textAt(body, "message")),
      () => good(),
      refuse,
    );
  },
  [`POST ${centre}/system/message/requestApproval`]: (desk, { body }) => {
    const kind = kindOf(body);
    return kind
      ? replied(desk.submitSystemMessage(textAt(body, "senderKey"), kind), () => good(), refuse)
      : refuse("invalid");
  },
};

export const speaksInfobank: Speaking = {
  knows: ({ headers }, { key }) => headers.authorization === key,
  answer: (desk, request) => calls[`${request.method} ${request.path}`]?.(desk, request) ?? null,
  refuse,
  hook(event, senderKey, key) {
    const time = koreanTime(event.at);
    const head = {
      msgKey: key,
      serviceType: "CSTALK",
      userKey: event.userKey,
      senderKey,
      sessionId: event.sessionId,
      time,
    };
    switch (event.kind) {
      case "reference": {
        const { extra, lastExtra } = event;
        const lastReference = lastExtra && {
          extra: lastExtra.extra,
          bot: "false",
          bot_event: "",
          created_at: koreanTime(lastExtra.at),
        };
        return json("reference", { ...head, appUserId: null, reference: { extra: extra ?? "" }, lastReference });
      }
      case "message": {
        const { type, text, url, extra } = event;
        // `content` is no longer delivered (1.2): texts and files alike come as `contents`.
        return json("message", { ...head, type, contents: [url ? { url, comment: text } : { comment: text }], extra });
      }
      case "expired_session":
        return json("expired_session", head);
      case "result": {
        const { requestType, ref, messageKey } = event;
        return json("result", {
          ...head,
          msgKey: messageKey,
          requestType,
          ref,
          reportCode: "A000",
          reportText: "Success",
        });
      }
    }
  },
};

const json = (name: string, body: Json) => ({ path: `cstalk/${name}`, body: JSON.stringify(body) });
const koreanTime = (at: Date): string => `${new Date(at.getTime() + 9 * 3_600_000).toISOString().slice(0, 19)}+09:00`;
