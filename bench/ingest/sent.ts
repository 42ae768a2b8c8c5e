// What is sent: consultations of 20 messages, every lap's under names of its own.
import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { sealMessage } from "@/lib/archive/seal";

export const perSession = 20;
export const senderKey = "0123456789abcdef0123456789abcdef01234567";

/** One message as its dealer knows it. */
export type Sent = { id: string; sessionId: string; userKey: string; at: Date; text: string };

/** @param lap short: user keys have at most 20 characters */
export function makeSent(lap: string, count: number, now: Date): Sent[] {
  const first = now.getTime() - 3_600_000;
  return Array.from({ length: count }, (_, n) => {
    const session = `${lap}.${Math.floor(n / perSession)}`;
    const text = `${lap} ${n} 주문한 상품이 아직 오지 않았습니다. 언제쯤 받을 수 있을까요? 주문번호는 ${randomBytes(6).toString("hex")}입니다.`;
    return { id: `${lap}.${n}`, sessionId: session, userKey: session, at: new Date(first + n), text };
  });
}

/** The message as a line of the canonical format. */
export function lineOf({ id, sessionId, userKey, at, text }: Sent): string {
  const message = { serial: id, kind: "text", text };
  return JSON.stringify({ id, type: "message.received", at: at.toISOString(), senderKey, userKey, sessionId, message });
}

export function writeLines(file: string, sent: readonly Sent[], end = ""): void {
  writeFileSync(file, `${sent.map(lineOf).join("\n")}\n${end}`);
}

/** A row of the messages table, sealed before the clock runs. */
export type Ready = { sessionId: string; at: Date; sealed: Buffer };

/** @param sessions the lap's sessions, by their order */
export function sealReady(key: Uint8Array, sent: readonly Sent[], sessions: readonly string[]): Ready[] {
  return sent.map(({ id, at, text }, n) => {
    const sessionId = sessions[Math.floor(n / perSession)] ?? "";
    const place = { sessionId, direction: "in", kind: "text", at };
    return { sessionId, at, sealed: sealMessage(key, place, { kind: "text", serial: id, text }) };
  });
}
