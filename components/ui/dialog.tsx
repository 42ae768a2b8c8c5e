"use client";

import * as Radix from "@radix-ui/react-dialog";
import type { ReactNode, RefObject } from "react";

/**
 * A modal dialog. Load it lazily: see ConfirmDialog. Our own scrim and not Radix's Overlay, which would write a style
 * element past the content security policy; the page behind stands still by CSS.
 */
export function Dialog({
  title,
  onClose,
  opener,
  children,
}: {
  title: ReactNode;
  onClose: () => void;
  /** Takes the focus back. */
  opener: RefObject<HTMLElement | null>;
  children: ReactNode;
}) {
  return (
    <Radix.Root open onOpenChange={(open) => open || onClose()}>
      <Radix.Portal>
        <div className="scrim">
          <Radix.Content
            className="dialog"
            aria-describedby={undefined}
            onCloseAutoFocus={() => opener.current?.focus()}
          >
            <header>
              <Radix.Title asChild>
                <h2>{title}</h2>
              </Radix.Title>
            </header>
            <div className="in">{children}</div>
          </Radix.Content>
        </div>
      </Radix.Portal>
    </Radix.Root>
  );
}
