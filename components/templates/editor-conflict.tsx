"use client";

import { Callout } from "@/components/ui/callout";
import { compareContents } from "@/lib/templates/rules/compare";
import type { TemplateContent } from "@/lib/templates/schema/content";
import type { OtherDraft } from "@/lib/templates/schema/editor";
import { type EditorWords, placeText, say } from "./editor-say";

/** Two texts of one template side by side, and the choice between them. */
export function ConflictPanel({
  mine,
  theirs,
  words,
  onMine,
  onTheirs,
}: {
  mine: TemplateContent;
  theirs: OtherDraft;
  words: EditorWords;
  onMine: () => void;
  onTheirs: () => void;
}) {
  const { conflict } = words.editor;
  const different = compareContents(theirs.content, mine);
  return (
    <section aria-labelledby="conflict-title" className="mb-5" id="conflict">
      <Callout kind="bad" role="alert">
        <h2 id="conflict-title">{say(conflict.title, { name: theirs.personName })}</h2>
        <p>{different.length === 0 ? conflict.same : conflict.about}</p>
      </Callout>
      <table className="table my-3">
        <thead>
          <tr>
            <th scope="col">{conflict.place}</th>
            <th scope="col">{conflict.theirs}</th>
            <th scope="col">{conflict.mine}</th>
          </tr>
        </thead>
        <tbody>
          {different.map(({ path, before, after }) => (
            <tr key={path}>
              <th scope="row">{placeText(path, mine.type, words) || path}</th>
              <td className="whitespace-pre-wrap" lang="ko">
                {before || <span className="text-fg-3">{conflict.empty}</span>}
              </td>
              <td className="whitespace-pre-wrap" lang="ko">
                {after || <span className="text-fg-3">{conflict.empty}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="flex flex-wrap gap-2">
        <button
          type="submit"
          name="act"
          value="save"
          className="btn"
          onClick={(event) => {
            event.preventDefault();
            onMine();
          }}
        >
          {conflict.keepMine}
        </button>
        <a
          href="?"
          className="btn"
          onClick={(event) => {
            event.preventDefault();
            onTheirs();
          }}
        >
          {conflict.takeTheirs}
        </a>
      </p>
    </section>
  );
}
