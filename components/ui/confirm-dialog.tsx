"use client";

import { lazy, type ReactNode, Suspense, useState, useSyncExternalStore } from "react";

const Dialog = lazy(() => import("./dialog").then((module) => ({ default: module.Dialog })));
const never = () => () => undefined;

/**
 * Asks before an act. Without script a details element that unfolds the form in place; with script a button and a dialog that is
 * fetched on first use. `children` is the form; `openerClass` is made by buttonClass. ConfirmForm puts the usual form inside.
 */
export function ConfirmDialog({
  opener,
  openerClass = "btn",
  title,
  cancel,
  children,
}: {
  opener: ReactNode;
  openerClass?: string;
  title: ReactNode;
  cancel: string;
  children: ReactNode;
}) {
  const [open, setOpen] = useState(false);
  const scripted = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  if (!scripted) {
    return (
      <details className="confirm">
        <summary className={openerClass}>{opener}</summary>
        <div className="panel">
          <header>
            <h2>{title}</h2>
          </header>
          <div className="in">{children}</div>
        </div>
      </details>
    );
  }
  return (
    <>
      <button type="button" className={openerClass} aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {opener}
      </button>
      {open ? (
        <Suspense fallback={null}>
          <Dialog title={title} cancel={cancel} onClose={() => setOpen(false)}>
            {children}
          </Dialog>
        </Suspense>
      ) : null}
    </>
  );
}
