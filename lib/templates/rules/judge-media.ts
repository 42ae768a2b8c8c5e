// Pictures and files that a message shows.
import type { TemplatePicture } from "../schema/content";
import { type Findings, ours } from "./judge-report";
import { decimalBytes, type MediaLimit, type PictureLimit, richPicture, type Source } from "./limits";
import type { JudgeWith, MediaFacts } from "./report";

/** The file of a plain message: of its kind, within the guide's size, and within the connection's cap where there is one. */
export function judgeMedia(
  path: string,
  media: TemplatePicture | null,
  limit: MediaLimit,
  found: Findings,
  given: JudgeWith,
): void {
  if (!media) {
    found.error(path, "media.required", limit);
    return;
  }
  if (limit.kind === "image" && media.alt.trim() === "") found.warning(`${path}.alt`, "picture.alt", ours);
  if (given.media === null) return;
  const facts = given.media.get(media.mediaId);
  if (!facts) {
    found.error(path, "media.gone", ours);
    return;
  }
  if (limit.kind !== "file" && facts.kind !== limit.kind) found.error(path, "media.kind", limit, { mime: facts.mime });
  else if (limit.mimes && !limit.mimes.includes(facts.mime))
    found.error(path, "media.format", limit, { mime: facts.mime });
  judgeBytes(path, facts, limit.maxBytes, limit, found);
  if (given.fileCap !== undefined && facts.bytes > given.fileCap)
    found.warning(
      path,
      "media.cap",
      { source: "dealer", section: "field-facts 1.4" },
      { bytes: facts.bytes, limit: given.fileCap },
    );
}

function judgeBytes(path: string, { bytes }: MediaFacts, maxBytes: number, source: Source, found: Findings): void {
  if (bytes > maxBytes) found.error(path, "media.bytes", source, { bytes, limit: maxBytes });
  else if (bytes > decimalBytes(maxBytes)) found.warning(path, "media.megabyte", source, { bytes, limit: maxBytes });
}

/** A picture inside a rich message. What dealers ask of it warns: the guide is silent. */
export function judgePicture(
  path: string,
  picture: TemplatePicture | null,
  limit: PictureLimit,
  found: Findings,
  given: JudgeWith,
): void {
  if (!picture) {
    if (limit.required) found.error(path, "picture.required", limit);
    return;
  }
  if (picture.alt.trim() === "") found.warning(`${path}.alt`, "picture.alt", ours);
  if (given.media === null) return;
  const facts = given.media.get(picture.mediaId);
  if (!facts) {
    found.error(path, "media.gone", ours);
    return;
  }
  const { mimes, maxBytes, minWidth, ratio } = richPicture;
  if (facts.kind !== "image") {
    found.error(path, "media.kind", limit, { mime: facts.mime });
    return;
  }
  if (!mimes.includes(facts.mime)) found.warning(path, "picture.format", richPicture, { mime: facts.mime });
  if (facts.bytes > maxBytes)
    found.warning(path, "picture.bytes", richPicture, { bytes: facts.bytes, limit: maxBytes });
  const { width, height } = facts;
  if (width === null || height === null || height === 0) return;
  if (width < minWidth) found.warning(path, "picture.narrow", richPicture, { width, limit: minWidth });
  const shape = width / height;
  if (shape < ratio[0] || shape > ratio[1]) found.warning(path, "picture.ratio", richPicture, { width, height });
}
