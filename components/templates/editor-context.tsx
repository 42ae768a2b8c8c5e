"use client";

import { createContext, useContext } from "react";
import type { FieldCount, Finding, MediaFacts } from "@/lib/templates/rules/report";
import type { TemplateContent } from "@/lib/templates/schema/content";
import type { EditorWords } from "./editor-say";

/** A file that may be chosen: of the company's media library. */
export type LibraryFile = { id: string; alt: string; facts: MediaFacts };

export type Editor = {
  content: TemplateContent;
  words: EditorWords;
  library: readonly LibraryFile[];
  findings: ReadonlyMap<string, readonly Finding[]>;
  counts: ReadonlyMap<string, FieldCount>;
  /** Whether script is in place: what needs it may be shown. */
  awake: boolean;
  /** Whether what is merely empty is told too: after approval was asked for. */
  asked: boolean;
  write: (path: string, value: unknown) => void;
  /** Does one act of lib/templates/rules/editor. `what` names what went, for the way back. */
  act: (act: string, what?: string) => void;
};

export const EditorContext = createContext<Editor | null>(null);

export function useEditor(): Editor {
  const editor = useContext(EditorContext);
  if (!editor) throw new Error("A field of the editor stands outside it");
  return editor;
}

const emptyRules = new Set(["required", "few", "card.words", "media.required", "picture.required", "address.required"]);

/** What is only not there yet: no fault while one still writes. */
export const isMissing = ({ rule }: Finding): boolean => emptyRules.has(rule);
