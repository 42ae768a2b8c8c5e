// One consultation of the demonstration, as its dealer would tell it.
import type { ConsultEvent } from "@/lib/transcripts/schema";
import { randomOf } from "./random";
import { talks } from "./talks";

export type Traffic = {
  channel: string;
  /** Consults a day, on average. */
  mean: number;
  /** Share of each way in; null is without one. Codes that no place has are old buttons. */
  codes: readonly (readonly [code: string | null, weight: number])[];
  /** How many different people write. */
  users: number;
};

/** Where the demonstration's files lie; the last one is a host about which nobody has decided. */
export const fileHosts = ["dn-m.talk.kakao.com", "mud-kage.kakao.com", "p2-kage.kakaocdn.net"] as const;

/** One in nine brings a picture, some a paper, few from a new host. The same for the same session. */
function pictureOf(sessionId: string): { kind: "photo" | "file"; url: string } | null {
  const random = randomOf(`picture of ${sessionId}`);
  if (random() > 0.11) return null;
  const kind = random() < 0.8 ? "photo" : "file";
  const host = fileHosts[random() < 0.7 ? 0 : random() < 0.8 ? 1 : 2];
  return { kind, url: `https://${host}/talkm/${sessionId}/${kind === "photo" ? "photo_1.jpg" : "receipt.pdf"}` };
}

/** Its events: some are never ended, and those of the last hours may still go on. @param over it has ended by all means */
export function consult(
  traffic: Traffic,
  sessionId: string,
  start: number,
  random: () => number,
  now: Date,
  over = false,
): ConsultEvent[] {
  const userKey = keyOf(traffic.channel, Math.floor(random() ** 1.4 * traffic.users));
  const code = choose(traffic.codes, random);
  const talk = talks[Math.floor(random() * talks.length)] ?? [];
  const plain = { sessionId, userKey, extra: null, entry: null, reason: null, digest: "" };
  // The user just wrote into the room: then no reference comes at all.
  const quiet = code === null && random() < 0.5;
  let at = start;
  const events: ConsultEvent[] = quiet
    ? []
    : [
        {
          ...plain,
          key: `opened:${sessionId}`,
          kind: "opened",
          at: new Date(at),
          extra: code,
          direction: "note",
          row: "opened",
          content: { reference: { extra: code ?? "" } },
        },
      ];
  talk.forEach(([who, text], index) => {
    at += Math.floor((20 + 160 * random()) * 1_000);
    const serial = `16898841${sessionId}${String(index).padStart(2, "0")}`;
    const direction = who === "user" ? "in" : "out";
    const content = { serial, type: "text", text };
    events.push({
      ...plain,
      key: `message:${serial}`,
      kind: "message",
      at: new Date(at),
      direction,
      row: "text",
      content,
    });
  });
  const picture = pictureOf(sessionId);
  if (picture) {
    const serial = `16898841${sessionId}90`;
    const content = { serial, type: picture.kind, attachment: { url: picture.url } };
    const said = { kind: "message", at: new Date(at + 9_000), direction: "in", row: picture.kind, content } as const;
    events.push({ ...plain, key: `message:${serial}`, ...said });
  }
  at += Math.floor((5 + 40 * random()) * 60_000);
  const open = !over && (now.getTime() - at < 3 * 3_600_000 || random() < 0.12);
  if (!open) {
    events.push({
      ...plain,
      key: `ended:${sessionId}`,
      kind: "ended",
      at: new Date(at),
      direction: "note",
      row: null,
      content: null,
    });
  }
  return events;
}

function choose(codes: Traffic["codes"], random: () => number): string | null {
  let left = random() * codes.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [code, weight] of codes) {
    left -= weight;
    if (left < 0) return code;
  }
  return null;
}

/** Twelve characters, as Kakao's are. */
export function keyOf(channel: string, user: number): string {
  const letters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789_-";
  const random = randomOf(`${channel} user ${user}`);
  return Array.from({ length: 12 }, () => letters[Math.floor(random() * letters.length)]).join("");
}
