import { Icon } from "@/components/ui/icon";
import { mediaAddress, sizeText } from "./bubble-parts";
import type { MediaChoice } from "./media-picker";

/** The picture itself, small, or the sign of its kind. It says nothing to a listener: the name stands beside it. */
export function Thumbnail({ choice, size }: { choice: Pick<MediaChoice, "id" | "kind">; size: 36 | 48 }) {
  if (choice.kind !== "image") return <Icon name={`type-plain-${choice.kind}`} className="shrink-0 text-fg-3" />;
  return (
    <svg
      viewBox="0 0 48 48"
      className={`${size === 36 ? "size-9" : "size-12"} shrink-0 rounded border border-line bg-surface`}
      aria-hidden="true"
    >
      <image href={mediaAddress(choice.id)} width="48" height="48" preserveAspectRatio="xMidYMid slice" />
    </svg>
  );
}

/** Pixels of a picture, time of what plays, bytes of the rest. */
export function Measure({
  choice: { width, height, seconds, bytes },
}: {
  choice: Pick<MediaChoice, "width" | "height" | "seconds" | "bytes">;
}) {
  if (width !== null && height !== null)
    return `${width.toLocaleString("en")}×${height.toLocaleString("en")} · ${sizeText(bytes)}`;
  if (seconds === null) return sizeText(bytes);
  return `${Math.floor(seconds / 60)}:${String(Math.round(seconds % 60)).padStart(2, "0")} · ${sizeText(bytes)}`;
}
