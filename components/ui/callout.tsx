import type { ReactNode } from "react";
import { Glyph, type StatusKind } from "./status";

/** A fact, its reason, and the act that answers it. `role="alert"` only for what just went wrong. */
export function Callout({
  kind,
  title,
  actions,
  role,
  children,
}: {
  kind: StatusKind;
  title?: ReactNode;
  actions?: ReactNode;
  role?: "alert" | "status";
  children?: ReactNode;
}) {
  return (
    <div className={`callout k-${kind}`} role={role}>
      <Glyph kind={kind} />
      <div>
        {title ? <b className="block font-bold">{title}</b> : null}
        {children}
      </div>
      {actions ? <div className="actions">{actions}</div> : null}
    </div>
  );
}
