// What the library takes, by the guide's limits of the plain types (1-2).
import type { MediaKind } from "../schema/media";
import { limits } from "./limits";

const bytesOf = (type: "PLAIN_IMAGE" | "PLAIN_FILE" | "PLAIN_VIDEO" | "PLAIN_AUDIO"): number =>
  limits[type].media?.maxBytes ?? 0;

/** Bytes, 2^20 to the megabyte: what is beyond a million bytes of it passes with a warning (judge.ts). */
export const mediaBytes: Readonly<Record<MediaKind, number>> = {
  image: bytesOf("PLAIN_IMAGE"),
  file: bytesOf("PLAIN_FILE"),
  video: bytesOf("PLAIN_VIDEO"),
  audio: bytesOf("PLAIN_AUDIO"),
};
export const mostMediaBytes = Math.max(...Object.values(mediaBytes));
