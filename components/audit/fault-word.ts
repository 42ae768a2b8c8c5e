import type { Locale } from "@/lib/locale";
import { hasSentence, sentence } from "@/lib/messages";

/** What a verification found wrong, in one sentence. */
export function faultWord(fault: { kind: string; seq: number | null }, locale: Locale): string {
  const key =
    fault.kind === "forged" && fault.seq === null ? "audit.faults.forgedUnsealed" : `audit.faults.${fault.kind}`;
  return hasSentence(key, locale)
    ? sentence(key, locale, { seq: (fault.seq ?? 0).toLocaleString("en-US") })
    : fault.kind;
}
