import type { ReactNode } from "react";
import { Icon } from "./icon";
import { Link, ListLink } from "./link";

/** A region that scrolls must be reached by the keyboard (WCAG 2.1.1). */
const reachable = { tabIndex: 0 } as const;

/**
 * A list of records. Scrolls sideways inside its own region, which the keyboard reaches and whose name is the caption.
 * `boxed` is for side-by-side comparison.
 */
export function Table({
  caption,
  head,
  children,
  boxed = false,
}: {
  caption: string;
  /** Th cells; left out for a list without heads. */
  head?: ReactNode;
  children: ReactNode;
  boxed?: boolean;
}) {
  return (
    <figure className={boxed ? "table-region boxed" : "table-region"} aria-label={caption} {...reachable}>
      <table className="table">
        <caption className="sr-only">{caption}</caption>
        {head ? (
          <thead>
            <tr>{head}</tr>
          </thead>
        ) : null}
        <tbody>{children}</tbody>
      </table>
    </figure>
  );
}

export interface Sort {
  /** Where a press on the head leads: the same list, sorted the other way. */
  href: string;
  direction?: "ascending" | "descending";
}

/** `phone="hide"` takes a column off the phone, in Th and Td alike. */
export interface CellPlace {
  numeric?: boolean;
  nowrap?: boolean;
  end?: boolean;
  phone?: "hide";
}

/** Cells are many: what is not there is left out, since React would send each `undefined` to the browser. */
function place({ numeric, nowrap, end, phone }: CellPlace): { className?: string } {
  const className = [numeric && "n", nowrap && "nw", end && "end", phone && "off-phone"].filter(Boolean).join(" ");
  return className === "" ? {} : { className };
}

export function Th({ children, sort, ...cell }: CellPlace & { children?: ReactNode; sort?: Sort }) {
  return (
    <th scope="col" {...place(cell)} {...(sort?.direction ? { "aria-sort": sort.direction } : {})}>
      {sort ? (
        <ListLink className="sort" href={sort.href}>
          {children}
          {sort.direction ? <Icon name={sort.direction === "ascending" ? "arrow-up" : "arrow-down"} /> : null}
        </ListLink>
      ) : (
        children
      )}
    </th>
  );
}

export function Tr({ children, selected, current }: { children: ReactNode; selected?: boolean; current?: boolean }) {
  return (
    <tr {...(selected ? { "aria-selected": true } : {})} {...(current ? { "aria-current": true } : {})}>
      {children}
    </tr>
  );
}

/** A cell; `second` is the grey line below. */
export function Td({
  children,
  second,
  colSpan,
  ...cell
}: CellPlace & { children?: ReactNode; second?: ReactNode; colSpan?: number }) {
  const own = colSpan === undefined ? place(cell) : { ...place(cell), colSpan };
  if (!second) return <td {...own}>{children}</td>;
  return (
    <td {...own}>
      {children}
      <span className="t2">{second}</span>
    </td>
  );
}

/** The first cell of a row: the name as a link, its code or reason below. */
export function TdName({ href, children, second }: { href?: string; children: ReactNode; second?: ReactNode }) {
  return (
    <th scope="row">
      {href ? (
        <Link className="name" href={href}>
          {children}
        </Link>
      ) : (
        <span className="name">{children}</span>
      )}
      {second ? <span className="t2">{second}</span> : null}
    </th>
  );
}

/** A heading inside the list: title, count, the rule that explains the group. */
export function GroupRow({
  columns,
  title,
  count,
  note,
}: {
  columns: number;
  title: ReactNode;
  count?: ReactNode;
  note?: ReactNode;
}) {
  return (
    <tr className="group">
      <th colSpan={columns} scope="rowgroup">
        {title} {count === undefined ? null : <span className="count">{count}</span>}
        {note ? <span className="note">{note}</span> : null}
      </th>
    </tr>
  );
}
