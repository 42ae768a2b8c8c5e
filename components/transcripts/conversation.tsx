import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Icon } from "@/components/ui/icon";
import { Status } from "@/components/ui/status";
import { Tag } from "@/components/ui/text";
import { clockTime, fullDay, kstDay, longDay } from "@/lib/clock";
import type { MaskKind, Piece } from "@/lib/transcripts/rules/masking";
import type { ForwardedSource } from "@/lib/transcripts/schema/reading";

type FileOf = { id: string; kind: string; name: Piece[]; bytes: number | null; state: string; reason: string };
export type ConversationLine = {
  id: string;
  at: Date;
  direction: string;
  kind: string;
  texts: Piece[][];
  buttons: Piece[][];
  files: FileOf[];
  unlisted: number;
  facts: { [name: string]: string };
};

/** What was said, by day: time, who, and the words. Masked values stand as their substitutes alone. */
export function Conversation({
  sessionId,
  lines,
  masked,
}: {
  sessionId: string;
  lines: readonly ConversationLine[];
  masked: boolean;
}) {
  const t = useTranslations("transcripts.reading");
  const locale = useLocale();
  return (
    <ol className="text-[13.5px] leading-5" aria-label={t("talk.label")}>
      {lines.map((line, at) => {
        const day = kstDay(line.at);
        const before = lines[at - 1];
        return (
          <li key={line.id}>
            {!before || kstDay(before.at) !== day ? (
              <p className="my-3 flex items-center gap-4 text-xs text-fg-2 before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
                <span title={fullDay(line.at, locale)}>{longDay(line.at, locale)}</span>
              </p>
            ) : null}
            <div className="grid grid-cols-[44px_64px_minmax(0,1fr)] gap-x-4 py-1.5 max-desk:grid-cols-[44px_minmax(0,1fr)]">
              <time className="text-fg-3" dateTime={line.at.toISOString()}>
                {clockTime(line.at)}
              </time>
              <Speaker line={line} />
              <div className="min-w-0 max-desk:col-start-2">
                <Words sessionId={sessionId} line={line} masked={masked} />
              </div>
            </div>
          </li>
        );
      })}
    </ol>
  );
}

function Speaker({ line }: { line: ConversationLine }) {
  const t = useTranslations("transcripts.reading.talk");
  if (line.direction === "in") return <b>{t("user")}</b>;
  if (line.direction === "out") return <b className="text-note">{t("agent")}</b>;
  return <span className="text-fg-3">{t("note")}</span>;
}

function Words({ sessionId, line, masked }: { sessionId: string; line: ConversationLine; masked: boolean }) {
  const t = useTranslations("transcripts.reading");
  const empty = line.texts.length + line.buttons.length + line.files.length + line.unlisted === 0;
  if (line.direction === "note") return <Note line={line} />;
  return (
    <>
      {line.texts.map((pieces, at) => (
        <p key={`${line.id}-${String(at)}`} className="whitespace-pre-wrap">
          <Pieces pieces={pieces} />
        </p>
      ))}
      {line.buttons.length > 0 ? (
        <p className="mt-1 flex flex-wrap gap-1 text-xs text-fg-2">
          {t("talk.buttons")}
          {line.buttons.map((pieces) => (
            <Tag key={pieces.map(({ text }) => text).join("")}>
              <Pieces pieces={pieces} />
            </Tag>
          ))}
        </p>
      ) : null}
      {line.files.map((file) => (
        <FileChip key={file.id} sessionId={sessionId} file={file} masked={masked} />
      ))}
      {line.unlisted > 0 ? <p className="text-fg-3">{t("talk.unlisted", { count: line.unlisted })}</p> : null}
      {empty ? <p className="text-fg-3">{kindWord(line.kind, (key) => t(`kinds.${key}`))}</p> : null}
    </>
  );
}

const noteKinds = ["opened", "ended", "seen", "result", "forwarded"] as const;

function Note({ line }: { line: ConversationLine }) {
  const t = useTranslations("transcripts.reading");
  const kind = noteKinds.find((one) => one === line.kind);
  const { source, by: _by, ...facts } = line.facts;
  const told = Object.entries(facts).map(([name, value]) => `${name} ${value}`);
  return (
    <div className={line.kind === "forwarded" ? "rounded-2 border border-line-2 px-3 py-2" : "text-fg-3"}>
      <p>
        <b className="text-fg-2">{t(`notes.${kind ?? "other"}`)}</b>
        {source && line.kind === "forwarded" ? ` · ${t(`forward.sources.${source as ForwardedSource}`)}` : null}
        {line.kind !== "forwarded" && told.length > 0 ? <span className="mono"> · {told.join(" · ")}</span> : null}
      </p>
      {line.texts.map((pieces) => (
        <p key={line.id} className="mt-1 whitespace-pre-wrap">
          <Pieces pieces={pieces} />
        </p>
      ))}
    </div>
  );
}

function Pieces({ pieces }: { pieces: readonly Piece[] }): ReactNode {
  const t = useTranslations("transcripts.reading.masks");
  return pieces.map(({ text, kind }, at) => {
    const key = `${String(at)}-${kind ?? ""}`;
    if (kind === null) return <span key={key}>{text}</span>;
    return (
      <span key={key} className="rounded-1 border border-line-2 bg-sunken px-1.5 text-fg-2" title={t(kind)}>
        {kind === "card" ? t("card") : masked(kind, text, t(kind))}
      </span>
    );
  });
}

/** The substitute, with what it stands for where only stars are left. */
function masked(kind: MaskKind, text: string, word: string): string {
  return kind === "phone" || kind === "mail" || kind === "order" ? text : `${word} ${text}`;
}

const icons = { photo: "image", file: "file-text" } as const;

function FileChip({ sessionId, file, masked }: { sessionId: string; file: FileOf; masked: boolean }) {
  const t = useTranslations("transcripts.reading");
  const icon = icons[file.kind as keyof typeof icons] ?? "paperclip";
  const kept = file.state === "kept";
  return (
    <p className="mt-1 inline-flex max-w-full flex-wrap items-center gap-2 rounded-2 border border-line-2 px-2.5 py-1">
      <Icon name={icon} />
      <span className="min-w-0">
        {kindWord(file.kind, (key) => t(`kinds.${key}`))} · <Pieces pieces={file.name} />
        {file.bytes === null ? null : ` · ${sizeOf(file.bytes)}`}
      </span>
      {kept && !masked ? <a href={`/transcripts/${sessionId}/attachments/${file.id}`}>{t("files.download")}</a> : null}
      {kept && masked ? <span className="text-xs text-fg-3">{t("files.needsUnmask")}</span> : null}
      {file.state === "waiting" ? <Status kind="waiting">{t("files.waiting")}</Status> : null}
      {file.state === "not-kept" ? <Status kind="off">{t("files.not-kept")}</Status> : null}
      {file.state === "destroyed" ? <Status kind="off">{t("files.destroyed")}</Status> : null}
    </p>
  );
}

const kinds = ["text", "photo", "video", "audio", "file", "button", "other"] as const;

function kindWord(kind: string, say: (key: (typeof kinds)[number]) => string): string {
  return say(kinds.find((one) => one === kind) ?? "other");
}

function sizeOf(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1_000))} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
