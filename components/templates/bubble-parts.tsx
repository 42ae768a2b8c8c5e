import { Icon } from "@/components/ui/icon";
import type { View } from "@/lib/templates/rules/fill";
import { fillTemplate } from "@/lib/templates/rules/fill";
import type { MediaFacts } from "@/lib/templates/rules/report";
import type { TemplateButton, TemplatePicture, TemplateVariable } from "@/lib/templates/schema/content";

/** Sentences of a bubble; those of a card have {at} and {of} in them. */
export type BubbleWords = {
  /** What the picture as a whole is called, for those who do not see it. */
  room: string;
  channel: string;
  note: string;
  noPicture: string;
  noMedia: string;
  noWords: string;
  buttons: string;
  cards: string;
  card: string;
  more: string;
  coupon: string;
  video: string;
  audio: string;
};

/** What all parts of one bubble are drawn with. */
export type Drawn = {
  variables: readonly TemplateVariable[];
  view: View;
  media: ReadonlyMap<string, MediaFacts>;
  words: BubbleWords;
};

/** What has no name of its own is told apart by its place. */
export function byPlace<T>(all: readonly T[]): { key: string; at: number; one: T }[] {
  return all.map((one, at) => ({ key: String(at), at, one }));
}

/** A text as the reader gets it; in the source view its variables stand out. */
export function BubbleText({ text, drawn }: { text: string; drawn: Drawn }) {
  if (drawn.view !== "source") return fillTemplate(text, drawn.variables, drawn.view);
  return byPlace(text.split(/(#\{[^{}\n]*\})/)).map(({ key, at, one: piece }) =>
    at % 2 === 1 ? (
      <span key={key} className="bubble-hole">
        {piece.slice(1)}
      </span>
    ) : (
      piece
    ),
  );
}

/** A picture in its place: whole where its size is known and `shape` is "own", else cut to the place. */
export function BubblePicture({
  picture,
  shape,
  drawn,
}: {
  picture: TemplatePicture | null;
  shape: "own" | "wide" | "card" | "small";
  drawn: Drawn;
}) {
  const facts = picture ? drawn.media.get(picture.mediaId) : undefined;
  if (!picture || !facts || facts.kind !== "image")
    return (
      <span className={`bubble-picture empty ${shape}`} role="img" aria-label={picture?.alt || drawn.words.noPicture}>
        <Icon name="image" />
      </span>
    );
  const places = { wide: [252, 150], card: [212, 112], small: [42, 42] } as const;
  const [width, height] = shape === "own" ? [facts.width ?? 2, facts.height ?? 1] : places[shape];
  return (
    <svg
      className={`bubble-picture ${shape}`}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={fillTemplate(picture.alt, drawn.variables, drawn.view) || facts.name}
    >
      <image href={mediaAddress(picture.mediaId)} width={width} height={height} preserveAspectRatio="xMidYMid slice" />
    </svg>
  );
}

/** Where the file of the media library is served; the gallery's own drawings (rules/example-files) lie in `public`. */
export function mediaAddress(mediaId: string): string {
  const example = /^example:([a-z]+)$/.exec(mediaId);
  if (example) return `/examples/${example[1]}.svg`;
  return `/templates/media/${mediaId}/file`;
}

/** Buttons as they are seen; they lead nowhere here. */
export function BubbleButtons({
  buttons,
  layout,
  drawn,
}: {
  buttons: readonly TemplateButton[];
  layout: "vertical" | "horizontal";
  drawn: Drawn;
}) {
  if (buttons.length === 0) return null;
  return (
    <ul className={`bubble-buttons ${layout}`} aria-label={drawn.words.buttons}>
      {byPlace(buttons).map(({ key, one: button }) => (
        <li key={key}>
          <BubbleText text={button.name} drawn={drawn} />
        </li>
      ))}
    </ul>
  );
}

/** A file, video or sound as it arrives in the room. */
export function BubbleMedia({
  kind,
  media,
  drawn,
}: {
  kind: "image" | "file" | "video" | "audio";
  media: TemplatePicture | null;
  drawn: Drawn;
}) {
  const { words } = drawn;
  const facts = media ? drawn.media.get(media.mediaId) : undefined;
  if (kind === "image") {
    return (
      <div className="bubble-photo">
        <BubblePicture picture={media} shape="own" drawn={drawn} />
      </div>
    );
  }
  if (kind === "video") {
    return (
      <div className="bubble-photo">
        <span className="bubble-picture empty wide" role="img" aria-label={media?.alt || facts?.name || words.video}>
          <span className="bubble-play">
            <Icon name="play" />
          </span>
          {facts?.seconds ? <span className="bubble-length">{clockText(facts.seconds)}</span> : null}
        </span>
      </div>
    );
  }
  if (kind === "audio") {
    return (
      <div className="bubble-file">
        <Icon name="play" />
        <span className="bubble-wave" role="img" aria-label={media?.alt || facts?.name || words.audio}>
          <Icon name="sound-wave" />
          <Icon name="sound-wave" />
        </span>
        <small>{facts?.seconds ? clockText(facts.seconds) : "–:––"}</small>
      </div>
    );
  }
  return (
    <div className="bubble-file">
      <Icon name="file-text" />
      <span>
        {facts?.name ?? words.noMedia}
        <small className="block">{facts ? sizeText(facts.bytes) : "–"}</small>
      </span>
    </div>
  );
}

/** 24 → 0:24. @param seconds length of a sound or video */
function clockText(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** 1,887,436 → 1.8 MB, in 2^20 as the limits are. */
export function sizeText(bytes: number): string {
  if (bytes < 2 ** 20) return `${Math.max(1, Math.round(bytes / 1_024)).toLocaleString("en")} KB`;
  return `${(bytes / 2 ** 20).toFixed(1)} MB`;
}
