import { createElement } from "react";
import { type IconName, iconShapes } from "./icon-shapes";

export type { IconName };

/** A line icon beside words. It never stands for a word alone: give the button around it an aria-label. */
export function Icon({ name, className = "" }: { name: IconName; className?: string }) {
  return (
    <svg className={`i ${className}`} viewBox="0 0 24 24" aria-hidden="true">
      {iconShapes[name].map(([tag, attributes], index) => createElement(tag, { key: index, ...attributes }))}
    </svg>
  );
}
