import { type ReactNode, useId } from "react";

export function Section({
  title,
  count,
  note,
  actions,
  children,
}: {
  title: ReactNode;
  count?: ReactNode;
  note?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section className="section" aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        {count === undefined ? null : <span className="count">{count}</span>}
        {note ? <span className="note">{note}</span> : null}
        {actions ? <div className="actions">{actions}</div> : null}
      </header>
      {children}
    </section>
  );
}

/** Main column and rail. The rail holds gate, preview and explanation, never navigation. */
export function WithRail({ children, rail, label }: { children: ReactNode; rail: ReactNode; label: string }) {
  return (
    <div className="with-rail">
      <div className="min-w-0">{children}</div>
      <aside aria-label={label}>{rail}</aside>
    </div>
  );
}
