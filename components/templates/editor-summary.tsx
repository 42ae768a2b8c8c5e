"use client";

import { Callout } from "@/components/ui/callout";
import type { Finding } from "@/lib/templates/rules/report";
import type { MessageType } from "@/lib/templates/schema/content";
import { isMissing } from "./editor-context";
import { type EditorWords, fieldId, findingText, placeText, say } from "./editor-say";

/** What is wrong, on top, each with the way to its place. What is merely empty is counted apart until approval is asked for. */
export function FindingSummary({
  findings,
  type,
  words,
  asked,
  onGo,
}: {
  findings: readonly Finding[];
  type: MessageType;
  words: EditorWords;
  asked: boolean;
  onGo: (path: string) => void;
}) {
  const { editor } = words;
  const errors = findings.filter(({ severity }) => severity === "error");
  const told = errors.filter((finding) => asked || !isMissing(finding));
  const missing = errors.length - told.length;
  const warnings = findings.filter(({ severity }) => severity === "warning");
  const list = (all: readonly Finding[]) => (
    <ul>
      {all.map((finding) => (
        <li key={`${finding.path}:${finding.rule}:${JSON.stringify(finding.values)}`}>
          <a
            href={`#${fieldId(finding.path)}`}
            onClick={(event) => {
              event.preventDefault();
              onGo(finding.path);
            }}
          >
            {placeText(finding.path, type, words) || editor.message}
          </a>{" "}
          {findingText(finding, words)}
        </li>
      ))}
    </ul>
  );
  return (
    <div className="mb-4 grid gap-2" id="findings" tabIndex={-1}>
      {told.length > 0 ? (
        <Callout kind="bad" title={asked ? editor.asked : say(editor.found, { count: told.length })}>
          {list(told)}
        </Callout>
      ) : null}
      {warnings.length > 0 ? (
        <details>
          <summary className="text-xs text-fg-2">{say(editor.foundWarn, { count: warnings.length })}</summary>
          {list(warnings)}
        </details>
      ) : null}
      {missing > 0 ? <p className="text-xs text-fg-3">{say(editor.missing, { count: missing })}</p> : null}
      {errors.length === 0 ? <p className="text-xs text-fg-2">{editor.ready}</p> : null}
    </div>
  );
}
