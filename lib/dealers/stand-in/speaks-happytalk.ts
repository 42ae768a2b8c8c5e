// The stand-in as HappyTalk: what its documents say of calls, codes and webhooks (field-facts 1.2, 1.4–1.7). Inferred as in client/happytalk.ts.
import { type Json, textAt } from "../client/dialect";
import type { DeskRefusal } from "./desk";
import { type DeskReply, type Handler, replied, type Speaking } from "./speaking";

const codes: Readonly<Record<DeskRefusal, readonly [code: number, name: string]>> = {
  credentials: [-500, "UnauthorizedException"],
  profile: [-501, "InvalidSenderException"],
  noSession: [-502, "InvalidSessionException"],
  userKey: [-503, "InvalidUserKeyException"],
  duplicate: [-504, "DuplicateSerialNumberException"],
  image: [-505, "InvalidImageException"],
  tooLong: [-506, "MessageLengthOverLimitException"],
  invalid: [-510, "InvalidMessageException"],
  blocked: [-511, "BlockedUserMessageException"],
  noData: [508, "NoDataException"],
  failed: [-601, "InternalSystemErrorException"],
  rateLimited: [-600, "FailedToSendMessageException"],
};
const statuses: Partial<Record<DeskRefusal, number>> = { credentials: 401, failed: 500, rateLimited: 429 };

const good = (body: Json = {}): DeskReply => ({ status: 200, body: { code: 0, message: "success", ...body } });
const refuse = (refusal: DeskRefusal): DeskReply => {
  const [code, message] = codes[refusal];
  return { status: statuses[refusal] ?? 200, body: { code, message } };
};
const who = (body: unknown) => ({ user: textAt(body, "user_key"), sender: textAt(body, "sender_key") });

const send =
  (plain: boolean): Handler =>
  (desk, { body }) => {
    const { user, sender } = who(body);
    const [serial, code] = [textAt(body, "serial_number"), textAt(body, "chat_bubble_type")];
    if (serial === "" || serial.length > 30) return refuse("invalid");
    const message = { senderKey: sender, userKey: user, serial, code, plain, body: body as Json, result: false };
    return replied(desk.send(message), () => good(), refuse);
  };
const end =
  (by: "agent" | "bot"): Handler =>
  (desk, { body }) =>
    replied(desk.end(who(body).sender, who(body).user, by), () => good(), refuse);
const block =
  (blocked: boolean): Handler =>
  (desk, { body }) =>
    replied(desk.block(who(body).sender, who(body).user, blocked), () => good(), refuse);
const upload =
  (name: "image" | "file"): Handler =>
  (desk, { fields, file }) =>
    file
      ? replied(desk.upload(fields.sender_key ?? "", file.name), (url) => good({ code: "0000", [name]: url }), refuse)
      : refuse("invalid");

const root = "/kakaoWebhook/v3/bzc";
const calls: Readonly<Record<string, Handler>> = {
  [`POST ${root}/chat/send/plain`]: send(true),
  [`POST ${root}/chat/send/rich`]: send(false),
  [`POST ${root}/chat/end`]: end("agent"),
  [`POST ${root}/chat/endWithBot`]: end("bot"),
  [`POST ${root}/profile/user/block`]: block(true),
  [`POST ${root}/profile/user/unblock`]: block(false),
  [`POST ${root}/image/upload`]: upload("image"),
  [`POST ${root}/file/upload`]: upload("file"),
};

export const speaksHappytalk: Speaking = {
  knows: ({ headers }, { id, key }) => headers["ht-client-id"] === id && headers["ht-client-secret"] === key,
  answer: (desk, request) => calls[`${request.method} ${request.path}`]?.(desk, request) ?? null,
  refuse,
  hook(event, senderKey) {
    const head = {
      user_key: event.userKey,
      sender_key: senderKey,
      session_id: event.sessionId,
      time: event.at.getTime(),
    };
    switch (event.kind) {
      case "reference": {
        const { extra, lastExtra } = event;
        const last = lastExtra && {
          extra: lastExtra.extra,
          bot: "false",
          bot_event: "",
          created_at: localTime(lastExtra.at),
        };
        const reference = { extra: extra ?? "", text: "" };
        return json("reference", { ...head, app_user_id: null, reference, last_reference: last });
      }
      case "message": {
        const { type, text, url, extra } = event;
        const body = {
          ...head,
          serial_number: serialMark,
          type,
          content: text,
          extra,
          ...(url ? { attachment: { url } } : {}),
        };
        const made = json("message", body);
        // A number of nineteen digits, as Kakao sends it: no JavaScript number holds it.
        return { ...made, body: made.body.replace(`"${serialMark}"`, event.serial) };
      }
      case "expired_session":
        return json("expired_session", head);
      case "result":
        return null;
    }
  },
};

const serialMark = "SERIAL-NUMBER";
const json = (path: string, body: Json) => ({ path, body: JSON.stringify(body) });

/** `2025-10-01T09:00:00.000`: Korean time without saying so. */
const localTime = (at: Date): string => new Date(at.getTime() + 9 * 3_600_000).toISOString().slice(0, -1);
