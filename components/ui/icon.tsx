import { createElement } from "react";
import { type IconName, iconShapes } from "./icon-shapes";

export type { IconName };

// Made once: what is the same object is sent to the browser once, however many rows show it.
const drawn = new Map(
  Object.entries(iconShapes).map(([name, shapes]) => [
    name,
    shapes.map(([tag, attributes], index) => createElement(tag, { key: index, ...attributes })),
  ]),
);

/** A line icon beside words. It never stands for a word alone: give the button around it an aria-label. */
export function Icon({ name, className = "" }: { name: IconName; className?: string }) {
  return (
    <svg className={className === "" ? "i" : `i ${className}`} viewBox="0 0 24 24" aria-hidden="true">
      {drawn.get(name)}
    </svg>
  );
}
