"use client";

import * as Radix from "@radix-ui/react-dialog";
import type { ReactNode } from "react";

/**
 * A modal dialog. Load it lazily: see ConfirmDialog. Our own scrim and not Radix's Overlay, which would write a style
 * element past the content security policy; the page behind stands still by CSS.
 */
export function Dialog({
  title,
  cancel,
  onClose,
  children,
}: {
  title: ReactNode;
  /** The word that leaves without acting, for the corner button. */
  cancel: string;
  onClose: () => void;
  children: ReactNode;
}) {
  return (
    <Radix.Root open onOpenChange={(open) => open || onClose()}>
      <Radix.Portal>
        <div className="scrim">
          <Radix.Content className="dialog" aria-describedby={undefined}>
            <header>
              <Radix.Title asChild>
                <h2>{title}</h2>
              </Radix.Title>
              <Radix.Close className="btn ghost sm square" aria-label={cancel}>
                <svg className="i" viewBox="0 0 24 24" aria-hidden="true">
                  <path d="M18 6 6 18M6 6l12 12" />
                </svg>
              </Radix.Close>
            </header>
            <div className="in">{children}</div>
          </Radix.Content>
        </div>
      </Radix.Portal>
    </Radix.Root>
  );
}
