import { type ReactNode, useId } from "react";
import { Icon, type IconName } from "./icon";

/** A box of the rail: head, one or more inner parts, foot. */
export function Panel({
  title,
  icon,
  aside,
  footer,
  children,
}: {
  title?: ReactNode;
  icon?: IconName;
  aside?: ReactNode;
  footer?: ReactNode;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section className="panel" aria-labelledby={title ? id : undefined}>
      {title ? (
        <header>
          {icon ? <Icon name={icon} /> : null}
          <h2 id={id}>{title}</h2>
          {aside ? <div className="aside">{aside}</div> : null}
        </header>
      ) : null}
      {children}
      {footer ? <footer>{footer}</footer> : null}
    </section>
  );
}

export function PanelPart({ children }: { children: ReactNode }) {
  return <div className="in">{children}</div>;
}
