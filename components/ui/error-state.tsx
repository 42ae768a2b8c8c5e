import type { ReactNode } from "react";
import { KeyValue } from "./key-value";
import { Glyph, type StatusKind } from "./status";

/** What failed, what is safe, what to do; then time, number and whom to tell. Sentences come finished: client pages use it too. */
export function ErrorState({
  title,
  children,
  actions,
  facts = [],
  kind = "bad",
  level = 2,
}: {
  title: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  facts?: readonly (readonly [string, ReactNode])[];
  kind?: StatusKind;
  /** 1 where nothing else names the page. */
  level?: 1 | 2;
}) {
  const Heading = level === 1 ? "h1" : "h2";
  return (
    <div className="failure" role={kind === "bad" ? "alert" : undefined}>
      <span className="mt-0.5">
        <Glyph kind={kind} />
      </span>
      <div>
        <Heading className="text-lg">{title}</Heading>
        {children ? <p className="mt-1 text-fg-2">{children}</p> : null}
        {actions ? <div className="mt-4 mb-5 flex flex-wrap gap-2">{actions}</div> : null}
        {facts.length > 0 ? <KeyValue rows={facts} /> : null}
      </div>
    </div>
  );
}
