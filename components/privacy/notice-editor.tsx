"use client";

import { useEffect, useRef, useState } from "react";
import { useField } from "@/components/form/form-context";
import {
  longestNotice,
  type NoticeValues,
  type NoticeVariable,
  noticeLimit,
  noticeVariableKeys,
  noticeVariables,
  renderNotice,
} from "@/lib/privacy/rules/notice-text";
import { textLength } from "@/lib/templates/rules/counting";

export type EditorWords = {
  label: string;
  insert: string;
  preview: string;
  /** With {now}, {longest} and {limit} in it. */
  lengths: string;
  kept: string;
  names: Readonly<Record<NoticeVariable, string>>;
};

/**
 * The text of a notice with its counters and the chat room beside it. Without script it is a text area; with it, what was typed and not
 * saved comes back after a reload of the tab.
 */
export function NoticeEditor({
  words,
  values,
  channel,
  defaultValue,
  place,
}: {
  words: EditorWords;
  values: NoticeValues;
  channel: string;
  defaultValue: string;
  /** What the text belongs to: another save begins anew. */
  place: string;
}) {
  const field = useField("source");
  const start = [field.kept].flat()[0] ?? defaultValue;
  const [text, setText] = useState(start);
  const [restored, setRestored] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const kept = sessionStorage.getItem(place);
    if (kept === null || kept === start) return;
    setText(kept);
    setRestored(true);
  }, [place, start]);
  const type = (typed: string) => {
    setText(typed);
    sessionStorage.setItem(place, typed);
  };
  const insert = (name: string) => {
    const box = area.current;
    const [from, to] = [box?.selectionStart ?? text.length, box?.selectionEnd ?? text.length];
    const chip = `#{${name}}`;
    type(text.slice(0, from) + chip + text.slice(to));
    requestAnimationFrame(() => {
      box?.focus();
      box?.setSelectionRange(from + chip.length, from + chip.length);
    });
  };
  const [now, longest] = [textLength(renderNotice(text, values)), textLength(longestNotice(text))];
  const lengths = words.lengths
    .replace("{now}", now.toLocaleString("en"))
    .replace("{longest}", longest.toLocaleString("en"))
    .replace("{limit}", noticeLimit.toLocaleString("en"));
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_320px] gap-6 max-[1079px]:grid-cols-1">
      <div className="field min-w-0">
        <div className="top-line">
          <label className="label" htmlFor={field.id}>
            {words.label}
          </label>
          <span className={longest > noticeLimit ? "counter over" : "counter"} id={`${field.id}-count`}>
            {lengths}
          </span>
        </div>
        <fieldset className="mb-2 flex flex-wrap gap-1">
          <legend className="sr-only">{words.insert}</legend>
          {noticeVariableKeys.map((key) => (
            <button
              key={key}
              type="button"
              className="chip"
              title={values[key] ?? ""}
              onClick={() => insert(noticeVariables[key].name)}
            >
              {words.names[key]}
            </button>
          ))}
        </fieldset>
        <textarea
          ref={area}
          id={field.id}
          name="source"
          className="input"
          rows={16}
          required
          lang="ko"
          value={text}
          onChange={(event) => type(event.currentTarget.value)}
          aria-invalid={field.error ? true : undefined}
          aria-describedby={[field.error && field.errorId, `${field.id}-count`].filter(Boolean).join(" ")}
        />
        {field.error ? (
          <p className="hint error whitespace-pre-wrap" id={field.errorId}>
            {field.error}
          </p>
        ) : null}
        {restored ? (
          <p className="hint" role="status">
            {words.kept}
          </p>
        ) : null}
      </div>
      <figure className="phone-room self-start" aria-label={words.preview}>
        <figcaption>{channel}</figcaption>
        <p lang="ko">{renderNotice(text, values)}</p>
      </figure>
    </div>
  );
}
