"use client";

import { useState } from "react";
import type { View } from "@/lib/templates/rules/fill";
import type { MediaFacts } from "@/lib/templates/rules/report";
import type { TemplateContent } from "@/lib/templates/schema/content";
import type { EditorWords } from "./editor-say";
import { MessageBubble } from "./message-bubble";

const views = ["source", "sample", "longest"] as const;

/** The bubble beside the fields, in one of its three views. */
export function EditorPreview({
  content,
  media,
  words,
  first,
}: {
  content: TemplateContent;
  media: ReadonlyMap<string, MediaFacts>;
  words: EditorWords;
  first: View;
}) {
  const [view, setView] = useState(first);
  const { editor, bubble } = words;
  return (
    <aside className="editor-preview" id="preview" tabIndex={-1} aria-label={editor.preview}>
      <nav className="segments mb-3" aria-label={editor.views}>
        {views.map((one) => (
          <a
            key={one}
            href={`?view=${one}`}
            aria-current={one === view ? "page" : undefined}
            onClick={(event) => {
              event.preventDefault();
              setView(one);
            }}
          >
            {editor.view[one]}
          </a>
        ))}
      </nav>
      <MessageBubble content={content} view={view} media={media} words={bubble} />
      {content.variables.length > 0 ? <p className="hint">{editor.particles}</p> : null}
    </aside>
  );
}
