import type { ReactNode } from "react";
import { ListLink } from "./link";

export interface Tab {
  href: string;
  label: ReactNode;
  count?: ReactNode;
  current?: boolean;
}

/** Parts of one thing, each with its own address. On a phone the row begins where the open one is. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  return (
    <nav className="tabs" aria-label={label}>
      {tabs.map((tab) => (
        <ListLink
          key={tab.href}
          href={tab.href}
          aria-current={tab.current ? "page" : undefined}
          className="aria-[current]:[scroll-initial-target:nearest]"
        >
          {tab.label}
          {tab.count === undefined ? null : <span className="count">{tab.count}</span>}
        </ListLink>
      ))}
    </nav>
  );
}

/** Two to five views of the same rows, such as whose work is shown: links, so that the choice is in the address. */
export function Segments({ label, items }: { label: string; items: readonly Tab[] }) {
  return (
    <nav className="segments max-w-full overflow-x-auto" aria-label={label}>
      {items.map((item) => (
        <ListLink key={item.href} href={item.href} aria-current={item.current ? "page" : undefined}>
          {item.label}
          {item.count === undefined ? null : <> {item.count}</>}
        </ListLink>
      ))}
    </nav>
  );
}
