"use client";

import { createContext, lazy, type ReactNode, Suspense, useContext, useLayoutEffect, useRef, useState } from "react";

const Dialog = lazy(() => import("./dialog").then((module) => ({ default: module.Dialog })));
const CloseContext = createContext<(() => void) | null>(null);

/**
 * Asks before an act. Without script a details element that unfolds the form in place; with script a button and a dialog that is
 * fetched on first use. What was unfolded before the script came opens as the dialog; what is already being filled in stays
 * unfolded until it is closed. `children` is the form; `openerClass` is made by buttonClass. ConfirmForm puts the usual form inside.
 */
export function ConfirmDialog({
  opener,
  openerClass = "btn",
  title,
  children,
}: {
  opener: ReactNode;
  openerClass?: string;
  title: ReactNode;
  children: ReactNode;
}) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = () => setOpen(false);
  const details = useRef<HTMLDetailsElement>(null);
  const [scripted, setScripted] = useState(false);
  useLayoutEffect(() => {
    if (details.current?.querySelector(".panel")?.contains(document.activeElement)) return;
    setOpen(details.current?.open ?? false);
    setScripted(true);
  }, []);
  if (!scripted) {
    return (
      <details ref={details} className="confirm" onToggle={(event) => setScripted(!event.currentTarget.open)}>
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
      <button ref={button} type="button" className={openerClass} aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {opener}
      </button>
      {open ? (
        <Suspense fallback={null}>
          <Dialog title={title} onClose={close} opener={button}>
            <CloseContext value={close}>{children}</CloseContext>
          </Dialog>
        </Suspense>
      ) : null}
    </>
  );
}

/** Leaves the dialog without acting; left of the act. In the unfolded details it is not needed and not there. */
export function DialogCancel({ children }: { children: ReactNode }) {
  const close = useContext(CloseContext);
  return close ? (
    <button type="button" className="btn" onClick={close}>
      {children}
    </button>
  ) : null;
}
