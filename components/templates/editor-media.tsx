"use client";

import { Link } from "@/components/ui/link";
import type { TemplatePicture } from "@/lib/templates/schema/content";
import { sizeText } from "./bubble-parts";
import { useEditor } from "./editor-context";
import { ChoicePlace, TextPlace } from "./editor-field";
import { fieldId, findingText } from "./editor-say";
import { MediaPicker } from "./media-picker";

type Kind = "image" | "video" | "audio" | "file";

/** A file of the media library at a place of the message, and what is heard instead of it. Without script it is a list of names. */
export function MediaPlace({
  path,
  label,
  value,
  kinds,
}: {
  path: string;
  label: string;
  value: TemplatePicture | null;
  kinds: readonly Kind[];
}) {
  const { library, words, write, findings, asked, awake } = useEditor();
  const { editor } = words;
  const mediaId = value?.mediaId ?? "";
  const choose = (id: string) => {
    const alt = value?.alt || (library.find((one) => one.id === id)?.alt ?? "");
    write(path, id === "" ? null : { mediaId: id, alt });
  };
  const told = (findings.get(path) ?? []).filter(({ rule }) => asked || !rule.endsWith("required"));
  return (
    <div id={fieldId(path)} tabIndex={-1} className="mb-4">
      {awake ? (
        <div className="field max-w-none">
          <p className="label mb-1">{label}</p>
          <input type="hidden" name={`${path}.mediaId`} value={mediaId} />
          <MediaPicker
            {...{ label, kinds, value: mediaId, words: editor.picker }}
            choices={library.map(({ id, alt, facts }) => ({ id, alt, ...facts }))}
            onPick={(choice) => choose(choice?.id ?? "")}
          />
        </div>
      ) : (
        <NameList {...{ path, label, mediaId, kinds }} onChoose={choose} />
      )}
      {told.map((finding) => (
        <p
          key={`${finding.rule}:${JSON.stringify(finding.values)}`}
          className={finding.severity === "error" ? "hint error" : "hint warn"}
        >
          {findingText(finding, words)}
        </p>
      ))}
      {library.length === 0 ? (
        <p className="hint">
          {editor.noLibrary} <Link href="/templates/media">{editor.picker.upload}</Link>
        </p>
      ) : null}
      {value ? (
        <TextPlace path={`${path}.alt`} label={editor.field.alt} hint={editor.altHint} value={value.alt} />
      ) : null}
    </div>
  );
}

function NameList({
  path,
  label,
  mediaId,
  kinds,
  onChoose,
}: {
  path: string;
  label: string;
  mediaId: string;
  kinds: readonly Kind[];
  onChoose: (id: string) => void;
}) {
  const { library, words } = useEditor();
  const fitting = library.filter(({ facts }) => kinds.includes(facts.kind));
  const kept = mediaId !== "" && !fitting.some(({ id }) => id === mediaId);
  return (
    <ChoicePlace
      path={`${path}.mediaId`}
      label={label}
      value={mediaId}
      onChoose={onChoose}
      options={[
        ["", words.editor.noFile],
        ...(kept ? [[mediaId, words.editor.filesKept] as const] : []),
        ...fitting.map(({ id, facts }) => [id, `${facts.name} (${sizeText(facts.bytes)})`] as const),
      ]}
    />
  );
}
