import type { ReactNode } from "react";

/** What the page is for, in one sentence, then up to three ways to begin. No drawing. */
export function EmptyState({
  title,
  children,
  starts = [],
  hint,
}: {
  title: ReactNode;
  children?: ReactNode;
  starts?: readonly { title: string; note?: ReactNode; action?: ReactNode }[];
  hint?: ReactNode;
}) {
  return (
    <div className="empty">
      <h2>{title}</h2>
      {children ? <p>{children}</p> : null}
      {starts.length > 0 ? (
        <ol>
          {starts.map((start, index) => (
            <li key={start.title}>
              <span aria-hidden="true">{index + 1}</span>
              <div>
                <b className="font-medium">{start.title}</b>
                {start.note ? <span className="block text-xs text-fg-3">{start.note}</span> : null}
              </div>
              {start.action}
            </li>
          ))}
        </ol>
      ) : null}
      {hint ? <p className="hint">{hint}</p> : null}
    </div>
  );
}
