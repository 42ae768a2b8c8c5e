"use client";

import { type MouseEvent, useState } from "react";
import { changeType } from "@/lib/templates/rules/change-type";
import { type MessageType, messageTypes } from "@/lib/templates/schema/content";
import { useEditor } from "./editor-context";
import { placeText, say } from "./editor-say";

/** Another type for the same words: first what it loses, then the change. `asked`: the type that the address asks about. */
export function TypeChange({ asked }: { asked: MessageType | null }) {
  const { content, words, act } = useEditor();
  const { editor, types } = words;
  const others = messageTypes.filter((type) => type !== content.type);
  const [to, setTo] = useState<MessageType>(asked ?? others[0] ?? "PLAIN_TEXT");
  const [looking, setLooking] = useState(asked !== null);
  const look = (event: MouseEvent) => {
    event.preventDefault();
    setLooking(true);
  };
  const shown = looking && to !== content.type;
  const lost = shown ? changeType(content, to).lost : [];
  return (
    <details className="mb-4" open={shown ? true : undefined}>
      <summary>{editor.changeType}</summary>
      <div className="mt-2 flex flex-wrap items-end gap-2">
        <label className="block">
          <span className="block text-xs">{editor.changeTo}</span>
          <select
            name="to"
            className="input"
            value={to}
            onChange={(event) => {
              const chosen = messageTypes.find((type) => type === event.currentTarget.value);
              if (chosen) setTo(chosen);
            }}
          >
            {others.map((type) => (
              <option key={type} value={type}>
                {types[type]}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" name="act" value="ask-type" className="btn" onClick={look}>
          {editor.look}
        </button>
      </div>
      {shown ? (
        <div className="mt-3" role="status">
          <p>
            <b>
              {lost.length === 0
                ? say(editor.loseNothing, { type: types[to] })
                : say(editor.lose, { type: types[to], count: lost.length })}
            </b>
          </p>
          <ul className="my-1 list-disc pl-5 text-xs">
            {lost.map((path) => (
              <li key={path}>{placeText(path, content.type, words) || path}</li>
            ))}
          </ul>
          <p className="flex gap-2">
            <button
              type="submit"
              name="act"
              value={`type.${to}`}
              className="btn"
              onClick={(event) => {
                event.preventDefault();
                setLooking(false);
                act(`type.${to}`, types[to]);
              }}
            >
              {editor.change}
            </button>
            <a
              href="?"
              className="btn"
              onClick={(event) => {
                event.preventDefault();
                setLooking(false);
              }}
            >
              {editor.keep}
            </a>
          </p>
        </div>
      ) : null}
    </details>
  );
}
