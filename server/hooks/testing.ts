// A day of consultations as the dealers would post them, the same for the same name; and how disorder treats it.
import { randomOf } from "@/prisma/seed/random";

export type Format = "infobank" | "happytalk" | "canonical";
/** One post of a dealer, or one event of the canonical format (then `path` is "events"). */
export type Posted = { path: string; body: string };
export type Day = { events: Posted[]; strangers: Posted[]; messages: number; files: number; sessions: number };

type Step = { at: number; kind: string; text?: string; url?: string; out?: boolean };
type Talk = { session: string; user: string; reference: boolean; extra: string; steps: Step[]; endAt: number | null };

const kakao = "https://dn-m.talk.kakao.com/talkm";

/** @param start of the day, in epoch milliseconds */
export function dayOf(format: Format, senderKey: string, start: number): Day {
  const random = randomOf(`a day of ${format}`);
  const list = Array.from({ length: 14 }, (_, n) => talk(format, n, start, random));
  const events = list.flatMap((one) => posts(format, senderKey, one));
  const steps = list.flatMap((one) => one.steps.filter((step) => format === "canonical" || !step.out));
  return {
    ...{ events, strangers: strangersOf(format, senderKey, start), sessions: list.length },
    ...{ messages: steps.length, files: steps.filter(({ url }) => url).length },
  };
}

/** In another order, one in three twice, one in eight only at the end. @returns both deliveries */
export function disorder(events: readonly Posted[], seed: number): [Posted[], Posted[]] {
  const random = randomOf(`disorder ${seed}`);
  const late = events.filter(() => random() < 0.125);
  const first = events.filter((event) => !late.includes(event));
  const doubled = [...first, ...first.filter(() => random() < 0.33)];
  return [shuffled(doubled, random), shuffled([...late, ...first.filter(() => random() < 0.05)], random)];
}

function shuffled<T>(list: readonly T[], random: () => number): T[] {
  return list
    .map((value) => ({ value, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ value }) => value);
}

function talk(format: Format, n: number, start: number, random: () => number): Talk {
  const session = `${format[0]}-${1637 + n}`;
  let at = start + Math.floor(random() * 70_000_000);
  const steps = Array.from({ length: 4 + Math.floor(random() * 5) }, (_, index): Step => {
    at += 1_000 + Math.floor(random() * 200_000);
    return { at, ...saying(n + index, `${session}-${index}`) };
  });
  // Four users come again the same day.
  const user = `Us${String(n % 10).padStart(2, "0")}r_${format.slice(0, 4)}`;
  const endAt = n % 5 === 4 ? null : at + 60_000;
  return { session, user, reference: n % 4 !== 3, extra: `pl_day_${n % 3}`, steps, endAt };
}

function saying(which: number, name: string): Omit<Step, "at"> {
  const kinds: Omit<Step, "at">[] = [
    { kind: "text", text: `문의 ${name}` },
    { kind: "photo", url: `${kakao}/${name}.jpg` },
    { kind: "text", text: `답변 ${name}`, out: true },
    { kind: "video", url: `${kakao}/${name}.mp4` },
    { kind: "audio", url: `${kakao}/${name}.m4a` },
    { kind: "file", url: `${kakao}/${name}.pdf` },
    { kind: "button", text: `버튼 ${name}` },
    { kind: "long", text: "긴 글의 앞부분", url: `https://mud-kage.kakao.com/${name}.txt` },
    { kind: "contents", text: `설명 ${name}`, url: `${kakao}/${name}.png` },
  ];
  return kinds[which % kinds.length] ?? { kind: "text", text: name };
}

function posts(format: Format, senderKey: string, one: Talk): Posted[] {
  const said = one.steps.flatMap((step, index) => message(format, senderKey, one, step, index));
  const first = one.steps[0]?.at ?? 0;
  return [
    ...(one.reference ? [opening(format, senderKey, one, first - 5_000)] : []),
    ...said,
    ...notes(format, senderKey, one),
    ...(one.endAt === null ? [] : [ending(format, senderKey, one, one.endAt)]),
  ];
}

/** 19 digits, beyond 2^53, all different in the last ones. */
const serialOf = ({ session }: Talk, index: number) =>
  `16898841308${session.replace(/\D/g, "").padStart(6, "0")}${String(index).padStart(2, "0")}`;

const iso = (at: number) => new Date(at + 9 * 3_600_000).toISOString().replace("Z", "+09:00");
const json = (path: string, value: object): Posted => ({ path, body: JSON.stringify(value) });

function envelope(format: Format, senderKey: string, { session, user }: Talk, at: number): object {
  if (format === "infobank") {
    return { userKey: user, senderKey, sessionId: session, serviceType: "CSTALK", kakaoTime: iso(at) };
  }
  if (format === "happytalk") return { user_key: user, session_id: session, sender_key: senderKey, time: at };
  return { at: iso(at), senderKey, userKey: user, sessionId: session };
}

function opening(format: Format, senderKey: string, one: Talk, at: number): Posted {
  const base = envelope(format, senderKey, one, at);
  const reference = { extra: one.extra };
  if (format === "infobank") return json("cstalk/reference", { ...base, msgKey: `r-${one.session}`, reference });
  if (format === "happytalk") return json("reference", { ...base, reference, last_reference: null, app_user_id: null });
  return json("events", { ...base, id: `r-${one.session}`, type: "session.opened", extra: one.extra, entry: "button" });
}

function ending(format: Format, senderKey: string, one: Talk, at: number): Posted {
  const base = envelope(format, senderKey, one, at);
  if (format === "infobank")
    return json("cstalk/expired_session", { ...base, msgKey: `e-${one.session}`, endType: "AE" });
  if (format === "happytalk") return json("expired_session", { ...base, end_type: 0 });
  return json("events", { ...base, id: `e-${one.session}`, type: "session.ended", reason: "agent" });
}

/** Infobank alone tells what became of what was sent. */
function notes(format: Format, senderKey: string, one: Talk): Posted[] {
  if (format !== "infobank") return [];
  const base = envelope(format, senderKey, one, (one.steps.at(-1)?.at ?? 0) + 500);
  const result = { msgKey: `w-${one.session}`, requestType: "write", reportCode: "A000", reportText: "ok", ref: "x" };
  return [
    json("cstalk/result", { ...base, ...result }),
    json("cstalk/seen_info", { ...base, msgKey: `s-${one.session}` }),
  ];
}

function message(format: Format, senderKey: string, one: Talk, step: Step, index: number): Posted[] {
  const base = envelope(format, senderKey, one, step.at);
  const serial = serialOf(one, index);
  const type = { button: "text", long: "text", contents: "photo" }[step.kind] ?? step.kind;
  const extra = step.kind === "button" ? "btn_1" : null;
  if (format === "canonical") {
    const attachments = step.url ? [{ url: step.url, name: `../${index}<script>.bin` }] : [];
    const said = { serial, kind: step.kind === "button" ? "button" : type, text: step.text ?? null, attachments };
    const direction = step.out ? "message.sent" : "message.received";
    return [json("events", { ...base, id: `m-${serial}`, type: direction, message: said })];
  }
  if (step.out) return [];
  const contents = [{ url: step.url, comment: step.text }];
  const said =
    step.kind === "contents"
      ? { type, contents }
      : { type, content: step.text ?? null, extra, ...(step.url ? { attachment: { url: step.url } } : {}) };
  const name = format === "infobank" ? "serialNumber" : "serial_number";
  // A number, not a text: JSON.stringify would round it.
  const digits = JSON.stringify({ ...base, ...said, [name]: 0 }).replace(`"${name}":0`, `"${name}":${serial}`);
  return [{ path: format === "infobank" ? "cstalk/message" : "message", body: digits }];
}

function strangersOf(format: Format, senderKey: string, at: number): Posted[] {
  const one: Talk = { session: "stranger", user: "Stranger_01", reference: true, extra: "x", steps: [], endAt: null };
  const base = envelope(format, senderKey, one, at);
  const elsewhere = envelope(format, "f".repeat(40), one, at);
  if (format === "canonical") {
    const said = { serial: "1", kind: "text", text: "남의 채널" };
    const received = { type: "message.received", message: said };
    return [
      json("events", { ...elsewhere, id: "x-1", ...received }),
      json("events", { ...base, id: "x-2", type: "message.edited" }),
      json("events", { ...base, id: "x-3", ...received, message: { ...said, kind: "alimtalk" } }),
    ];
  }
  const path = (name: string) => (format === "infobank" ? `cstalk/${name}` : name);
  const own = format === "infobank" ? { msgKey: "x-1", serialNumber: "9" } : { serial_number: "9" };
  return [
    json(path("message"), { ...elsewhere, ...own, type: "text", content: "남의 채널" }),
    json(path("typing"), { ...base, ...own }),
    json(path("message"), { ...base, ...own, type: "friendtalk", content: "친구톡" }),
    json(path("personal_info"), { ...base, personalInfo: { phone_number: "010-1234-5678", nickname: "길동" } }),
    json(path("cert_result"), { ...base, certTxId: "t", certResult: "c2VjcmV0" }),
  ];
}
