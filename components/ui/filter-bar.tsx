import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "./button";
import { Icon } from "./icon";
import { ListLink } from "./link";

export interface FilterSelect {
  name: string;
  label: string;
  value?: string;
  options: readonly { value: string; label: string }[];
}

export interface FilterChip {
  href: string;
  label: ReactNode;
  current?: boolean;
}

/**
 * What a list is narrowed to, kept in its address: a GET form, so that it works, is shared and is gone back to without script.
 * `keep` are the other parameters of the address (sort, the chip chosen). On a phone several selects fold behind one word.
 */
export function FilterBar({
  action,
  label,
  search,
  selects = [],
  fields,
  chips = [],
  keep = {},
  clear,
  children,
}: {
  /** The list's own path. */
  action: string;
  label: string;
  search?: { name?: string; value?: string; placeholder: string };
  selects?: readonly FilterSelect[];
  /** Fields of another kind behind the selects, and how many of them narrow the list. */
  fields?: { shown: ReactNode; given: number };
  chips?: readonly FilterChip[];
  keep?: Readonly<Record<string, string | undefined>>;
  /** The address without conditions, when there are any. */
  clear?: string;
  /** Right of everything: counts, export. */
  children?: ReactNode;
}) {
  const t = useTranslations("form");
  const choices = (
    <>
      {selects.map((select) => (
        <select
          key={`${select.name}:${select.value ?? ""}`}
          className="input"
          name={select.name}
          defaultValue={select.value ?? ""}
          aria-label={select.label}
        >
          <option value="">{`${select.label}: ${t("all")}`}</option>
          {select.options.map((option) => (
            <option key={option.value} value={option.value}>
              {`${select.label}: ${option.label}`}
            </option>
          ))}
        </select>
      ))}
      {fields?.shown}
      {search || selects.length > 0 ? (
        <Button type="submit" size="sm">
          {selects.length > 0 ? t("apply") : t("search")}
        </Button>
      ) : null}
    </>
  );
  return (
    <search aria-label={label}>
      <form className="filters" action={action} method="get">
        {Object.entries(keep).map(([name, value]) =>
          value ? <input key={name} type="hidden" name={name} value={value} /> : null,
        )}
        {search ? (
          <label className="input search">
            <Icon name="search" className="text-fg-3" />
            <span className="sr-only">{search.placeholder}</span>
            <input
              type="search"
              name={search.name ?? "q"}
              defaultValue={search.value}
              placeholder={search.placeholder}
              maxLength={100}
              autoComplete="off"
            />
          </label>
        ) : null}
        {selects.length > 1 || fields ? (
          <FilterFold given={selects.filter(({ value }) => Boolean(value)).length + (fields?.given ?? 0)}>
            {choices}
          </FilterFold>
        ) : (
          choices
        )}
        {chips.map((chip) => (
          <ListLink key={chip.href} className="chip" href={chip.href} aria-current={chip.current ? "true" : undefined}>
            {chip.label}
          </ListLink>
        ))}
        {clear ? (
          <ListLink className="chip" href={clear}>
            <Icon name="x" /> {t("clear")}
          </ListLink>
        ) : null}
        {children ? (
          <div className="ml-auto flex flex-wrap items-center gap-2 text-xs text-fg-3 max-desk:ml-0">{children}</div>
        ) : null}
      </form>
    </search>
  );
}

/** What narrows a list further: open where there is room, behind one word on the phone. `given`: how many of them do. */
export function FilterFold({ given, children }: { given: number; children: ReactNode }) {
  const t = useTranslations("form");
  return (
    <details className="fold">
      <summary className="chip">{t("filter", { count: given })}</summary>
      <div>{children}</div>
    </details>
  );
}
