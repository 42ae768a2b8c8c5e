"use client";

import { lazy, Suspense, useRef, useState } from "react";
import { buttonClass } from "@/components/ui/button-class";
import type { MediaRow } from "@/lib/templates/schema/media";
import { Measure, Thumbnail } from "./media-choice";

const Dialog = lazy(() => import("@/components/ui/dialog").then((module) => ({ default: module.Dialog })));

/** A file that may be chosen; what is needed of it to choose it. */
export type MediaChoice = Pick<MediaRow, "id" | "kind" | "name" | "alt" | "bytes" | "width" | "height" | "seconds">;
export type MediaPickerWords = {
  open: string;
  change: string;
  clear: string;
  title: string;
  search: string;
  none: string;
  upload: string;
  gone: string;
  close: string;
};

/**
 * Chooses a file of the library in a dialog. Shows what is chosen; `onPick(null)` takes it away again.
 * @param kinds what may be chosen here @param value id of the chosen file; "" for none @param label names the field to a listener
 */
export function MediaPicker({
  label,
  value,
  choices,
  kinds,
  words,
  onPick,
}: {
  label: string;
  value: string;
  choices: readonly MediaChoice[];
  kinds: readonly MediaChoice["kind"][];
  words: MediaPickerWords;
  onPick: (choice: MediaChoice | null) => void;
}) {
  const [open, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const chosen = choices.find(({ id }) => id === value);
  const pick = (choice: MediaChoice | null) => {
    setOpen(false);
    onPick(choice);
  };
  return (
    <div className="flex items-center gap-3">
      {chosen ? <Thumbnail choice={chosen} size={48} /> : null}
      <span className="min-w-0 text-sm">
        {chosen ? (
          <>
            <span className="block truncate">{chosen.name}</span>
            <span className="text-fg-3">
              <Measure choice={chosen} />
            </span>
          </>
        ) : value !== "" ? (
          <span className="text-bad">{words.gone}</span>
        ) : null}
      </span>
      <button
        ref={opener}
        type="button"
        className={buttonClass({ size: "sm" })}
        aria-haspopup="dialog"
        aria-label={`${label}: ${chosen ? words.change : words.open}`}
        onClick={() => setOpen(true)}
      >
        {chosen ? words.change : words.open}
      </button>
      {value !== "" ? (
        <button
          type="button"
          className={buttonClass({ size: "sm", variant: "ghost" })}
          aria-label={`${label}: ${words.clear}`}
          onClick={() => pick(null)}
        >
          {words.clear}
        </button>
      ) : null}
      {open ? (
        <Suspense fallback={null}>
          <Dialog title={words.title} onClose={() => setOpen(false)} opener={opener}>
            <Choices
              choices={choices.filter(({ kind }) => kinds.includes(kind))}
              value={value}
              words={words}
              pick={pick}
            />
          </Dialog>
        </Suspense>
      ) : null}
    </div>
  );
}

function Choices({
  choices,
  value,
  words,
  pick,
}: {
  choices: readonly MediaChoice[];
  value: string;
  words: MediaPickerWords;
  pick: (choice: MediaChoice) => void;
}) {
  const [sought, setSought] = useState("");
  const wanted = sought.normalize("NFC").trim().toLowerCase();
  const found = choices.filter(({ name, alt }) => `${name}\n${alt}`.normalize("NFC").toLowerCase().includes(wanted));
  return (
    <>
      <input
        type="search"
        className="input mb-3"
        aria-label={words.search}
        placeholder={words.search}
        value={sought}
        onChange={(event) => setSought(event.currentTarget.value)}
      />
      {found.length === 0 ? <p className="text-sm text-fg-2">{words.none}</p> : null}
      <ul className="grid max-h-90 gap-1 overflow-y-auto">
        {found.map((choice) => (
          <li key={choice.id}>
            <button
              type="button"
              className="flex w-full items-center gap-3 rounded border border-transparent p-1 text-left text-sm hover:border-line aria-pressed:border-ink"
              aria-pressed={choice.id === value}
              onClick={() => pick(choice)}
            >
              <Thumbnail choice={choice} size={48} />
              <span className="min-w-0">
                <span className="block truncate">{choice.name}</span>
                <span className="block truncate text-xs text-fg-3">{choice.alt}</span>
              </span>
              <span className="ml-auto text-xs whitespace-nowrap text-fg-3">
                <Measure choice={choice} />
              </span>
            </button>
          </li>
        ))}
      </ul>
      <p className="mt-3 text-sm">
        <a className="link" href="/templates/media#upload" target="_blank" rel="noreferrer">
          {words.upload}
        </a>
      </p>
    </>
  );
}
