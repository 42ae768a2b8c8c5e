"use client";

import type { ReactNode } from "react";
import { Icon, type IconName } from "@/components/ui/icon";
import { isMissing, useEditor } from "./editor-context";
import { fieldId, findingText, say } from "./editor-say";

/** What is wrong at a place, as sentences, and the ids that name them to a listener. */
export function useNotes(path: string): { described: string | undefined; bad: boolean; notes: ReactNode } {
  const { findings, counts, asked, words } = useEditor();
  const told = (findings.get(path) ?? []).filter((finding) => asked || !isMissing(finding));
  const id = fieldId(path);
  const ids = [...told.map((_finding, at) => `${id}-note-${at}`), ...(counts.has(path) ? [`${id}-count`] : [])];
  return {
    described: ids.join(" ") || undefined,
    bad: told.some(({ severity }) => severity === "error"),
    notes: told.map((finding, at) => (
      <p
        key={`${finding.rule}:${JSON.stringify(finding.values)}`}
        id={`${id}-note-${at}`}
        className={finding.severity === "error" ? "hint error" : "hint warn"}
      >
        {findingText(finding, words)}
      </p>
    )),
  };
}

/** `11 · 최장 29 / 20`, and the characters that are seen where they are fewer. */
export function Counter({ path }: { path: string }) {
  const { counts, words } = useEditor();
  const one = counts.get(path);
  if (!one) return null;
  const { count, longest, limit, graphemes } = one;
  const look = longest > limit ? "counter over" : longest > limit * 0.9 ? "counter near" : "counter";
  const text = longest > count ? words.editor.countLongest : words.editor.count;
  return (
    <span className={look} id={`${fieldId(path)}-count`}>
      {say(text, { count, longest, limit })}
      {graphemes === count ? null : ` (${say(words.editor.graphemes, { graphemes })})`}
    </span>
  );
}

/** A text of the message: counted, judged and shown while one types. */
export function TextPlace({
  path,
  label,
  value,
  rows = 1,
  hint,
  quiet = false,
  mono = false,
}: {
  path: string;
  label: string;
  value: string;
  rows?: number;
  hint?: string;
  /** The label is heard and not seen: where a row says it once on top. */
  quiet?: boolean;
  mono?: boolean;
}) {
  const { write } = useEditor();
  const { described, bad, notes } = useNotes(path);
  const id = fieldId(path);
  const given = {
    ...{ id, name: path, value, lang: mono ? undefined : "ko", autoComplete: "off", spellCheck: !mono },
    className: mono ? "input font-mono" : "input",
    onChange: (event: { currentTarget: { value: string } }) => write(path, event.currentTarget.value),
    "aria-invalid": bad ? (true as const) : undefined,
    "aria-describedby": [hint && `${id}-hint`, described].filter(Boolean).join(" ") || undefined,
  };
  return (
    <div className="field max-w-none">
      <div className="top-line">
        <label className={quiet ? "sr-only" : "label"} htmlFor={id}>
          {label}
        </label>
        <Counter path={path} />
      </div>
      {rows > 1 ? <textarea rows={rows} {...given} /> : <input type="text" {...given} />}
      {notes}
      {hint ? (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
    </div>
  );
}

/** One of a few. */
export function ChoicePlace({
  path,
  label,
  value,
  options,
  onChoose,
}: {
  path: string;
  label: string;
  value: string;
  options: readonly (readonly [value: string, label: string])[];
  onChoose?: (value: string) => void;
}) {
  const { write } = useEditor();
  const { described, bad, notes } = useNotes(path);
  return (
    <div className="field max-w-none">
      <div className="top-line">
        <label className="label" htmlFor={fieldId(path)}>
          {label}
        </label>
      </div>
      <select
        id={fieldId(path)}
        name={path}
        className="input"
        value={value}
        onChange={(event) => (onChoose ?? ((chosen: string) => write(path, chosen)))(event.currentTarget.value)}
        aria-invalid={bad ? true : undefined}
        aria-describedby={described}
      >
        {options.map(([one, text]) => (
          <option key={one} value={one}>
            {text}
          </option>
        ))}
      </select>
      {notes}
    </div>
  );
}

export function TickPlace({ path, label, value }: { path: string; label: string; value: boolean }) {
  const { write } = useEditor();
  const { described, bad, notes } = useNotes(path);
  return (
    <div className="field max-w-none">
      <input type="hidden" name={path} value="false" />
      <label className="choice">
        <input
          type="checkbox"
          id={fieldId(path)}
          name={path}
          checked={value}
          onChange={(event) => write(path, event.currentTarget.checked)}
          aria-invalid={bad ? true : undefined}
          aria-describedby={described}
        />
        <span>{label}</span>
      </label>
      {notes}
    </div>
  );
}

/** A button that does one act: at once with script, by sending the form without. */
export function ActButton({
  act,
  label,
  icon,
  what,
  children,
}: {
  act: string;
  /** For an icon alone. */
  label?: string;
  icon?: IconName;
  /** What goes, in words, for the way back. */
  what?: string;
  children?: ReactNode;
}) {
  const editor = useEditor();
  return (
    <button
      type="submit"
      name="act"
      value={act}
      className={children ? "btn sm" : "btn ghost sm square"}
      aria-label={label}
      title={label}
      onClick={(event) => {
        event.preventDefault();
        editor.act(act, what);
      }}
    >
      {icon ? <Icon name={icon} /> : null}
      {children}
    </button>
  );
}

/** Move forward, move back, remove. */
export function PlaceActs({ list, at, of, what }: { list: string; at: number; of: number; what: string }) {
  const { editor } = useEditor().words;
  return (
    <span className="flex gap-1">
      {at > 0 ? <ActButton act={`up.${list}.${at}`} icon="arrow-up" label={say(editor.up, { what })} /> : null}
      {at < of - 1 ? (
        <ActButton act={`down.${list}.${at}`} icon="arrow-down" label={say(editor.down, { what })} />
      ) : null}
      <ActButton act={`remove.${list}.${at}`} icon="x" label={say(editor.remove, { what })} what={what} />
    </span>
  );
}
