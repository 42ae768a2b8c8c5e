// What names a person in a request lies sealed, bound to its place.
import { seal, unseal } from "@/lib/seal";

export type SealedPart = "user" | "identity" | "detail";

export function sealPart(requestId: string, part: SealedPart, text: string): Uint8Array<ArrayBuffer> {
  return seal(`data-request:${requestId}:${part}`, text);
}

/** @throws Error when it was not sealed for this place */
export function openPart(requestId: string, part: SealedPart, sealed: Uint8Array): string {
  return unseal(`data-request:${requestId}:${part}`, sealed);
}

/** A step's note, with its letter where it has one. */
export function sealNote(requestId: string, stepId: string, note: object): Uint8Array<ArrayBuffer> {
  return seal(`data-request:${requestId}:step:${stepId}`, JSON.stringify(note));
}

/** @throws Error when it was not sealed for this place */
export function openNote<T>(requestId: string, stepId: string, sealed: Uint8Array): T {
  return JSON.parse(unseal(`data-request:${requestId}:step:${stepId}`, sealed)) as T;
}
