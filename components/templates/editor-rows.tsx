"use client";

import { limits } from "@/lib/templates/rules/limits";
import { byPlace } from "./bubble-parts";
import { LinkPlace } from "./editor-buttons";
import { useEditor } from "./editor-context";
import { ActButton, PlaceActs, TextPlace, useNotes } from "./editor-field";
import { MediaPlace } from "./editor-media";
import { fieldId, say } from "./editor-say";

/** Highlight, rows and summary of an item list. */
export function ListRows() {
  const { content, words } = useEditor();
  const { editor } = words;
  const { highlight, list, summary } = content;
  const { notes } = useNotes("list");
  const limit = limits[content.type].list;
  return (
    <>
      <MaybePart name="highlight" there={highlight !== null}>
        {highlight ? (
          <>
            <Pair path="highlight" pair={highlight} />
            <MediaPlace
              path="highlight.picture"
              label={editor.field.picture}
              value={highlight.picture}
              kinds={["image"]}
            />
          </>
        ) : null}
      </MaybePart>
      <fieldset id={fieldId("list")} tabIndex={-1} className="section">
        <legend className="mb-1 text-sm">
          <b>{editor.list}</b>{" "}
          <span className="text-xs text-fg-3">
            {list.length} / {limit?.max}
          </span>
        </legend>
        <input type="hidden" name="list.length" value={list.length} />
        {byPlace(list).map(({ key, at, one }) => {
          const what = say(editor.line, { at: at + 1 });
          return (
            <fieldset key={key} id={fieldId(`list.${at}`)} tabIndex={-1} className="editor-row">
              <legend className="sr-only">{what}</legend>
              <div className="min-w-0 flex-1">
                <Pair path={`list.${at}`} pair={one} />
              </div>
              <PlaceActs list="list" at={at} of={list.length} what={what} />
            </fieldset>
          );
        })}
        {notes}
        <ActButton act="add.list" icon="plus">
          {editor.add.list}
        </ActButton>
      </fieldset>
      <MaybePart name="summary" there={summary !== null}>
        {summary ? <Pair path="summary" pair={summary} /> : null}
      </MaybePart>
    </>
  );
}

/** The way to more behind the last card. */
export function TailPlace() {
  const { tail } = useEditor().content;
  return (
    <MaybePart name="tail" there={tail !== null}>
      {tail ? <LinkPlace path="tail" link={tail} /> : null}
    </MaybePart>
  );
}

/** A part that may be there or not. */
function MaybePart({
  name,
  there,
  children,
}: {
  name: "highlight" | "summary" | "tail";
  there: boolean;
  children: React.ReactNode;
}) {
  const { editor } = useEditor().words;
  const { notes } = useNotes(name);
  return (
    <section id={fieldId(name)} tabIndex={-1} className="section" aria-labelledby={`editor-${name}`}>
      <header>
        <h2 id={`editor-${name}`}>{editor.field[name]}</h2>
        <div className="actions">
          <ActButton act={there ? `clear.${name}` : `set.${name}`} what={editor.field[name]}>
            {there ? editor.clear[name] : editor.set[name]}
          </ActButton>
        </div>
      </header>
      <input type="hidden" name={`${name}.on`} value={there ? "1" : "0"} />
      {children}
      {notes}
    </section>
  );
}

function Pair({ path, pair }: { path: string; pair: { title: string; description: string } }) {
  const { editor } = useEditor().words;
  return (
    <div className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)] gap-x-3 max-desk:grid-cols-1">
      <TextPlace path={`${path}.title`} label={editor.field.title} value={pair.title} />
      <TextPlace path={`${path}.description`} label={editor.field.description} value={pair.description} />
    </div>
  );
}
