// When a user's file is fetched, tried again or given up. Pure.
import type { FileFailure } from "@/lib/outbound";
import type { SentFileKind } from "./sent-files";

export const notKeptReasons = [
  "host-not-allowed",
  "address",
  "refused-address",
  "gone",
  "too-large",
  "too-many-redirects",
  "timeout",
  "unreachable",
  "packed",
  "wrong-kind",
  "destroyed",
] as const;
export type NotKeptReason = (typeof notKeptReasons)[number];

const megabyte = 2 ** 20;
/** KakaoTalk takes at most 300 MB of any kind; a long text is some 20,000 characters (field-facts 1.2). */
export function mostBytesOf(kind: string): number {
  return kind === ("text" satisfies SentFileKind) ? 2 * megabyte : 300 * megabyte;
}

/** Tries before an address that does not answer is given up, over some three hours. */
export const mostTries = 6;
/** What was refused for its host is fetched after all when the host is allowed within so many days: how long Kakao keeps it is not known. */
export const reclaimDays = 7;

/** A file belongs to the process that took it for so long: longer than the largest may take. */
export const leaseMs = 15 * 60_000;

/** Until when the next try waits: half a minute, then four times as long each time. */
export function retryAt(tries: number, now: Date): Date {
  return new Date(now.getTime() + 30_000 * 4 ** Math.max(0, tries - 1));
}

/** Whether another try may help. */
export function mayComeLater(failure: FileFailure): boolean {
  return failure === "timeout" || failure === "unreachable";
}

export function reasonOf(failure: FileFailure): NotKeptReason {
  return failure === "not-text" ? "packed" : failure;
}

/** A picture, film or sound that arrives as text is a page that says why there is none. */
export function isPlausible(kind: string, mime: string): boolean {
  return !["photo", "video", "audio"].includes(kind) || !mime.startsWith("text/");
}
