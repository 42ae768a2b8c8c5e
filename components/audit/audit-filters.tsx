import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { FilterFold } from "@/components/ui/filter-bar";
import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import type { AuditFilter } from "@/lib/audit/schema";
import { asLocale } from "@/lib/locale";
import { loadMessages } from "@/lib/messages";

/** What the log is narrowed to, kept in its address: a GET form. The days are those of Korea. */
export async function AuditFilters({
  filter,
  actors,
  children,
}: {
  filter: AuditFilter;
  actors: readonly { id: string; name: string }[];
  children?: ReactNode;
}) {
  const t = await getTranslations("audit");
  const f = await getTranslations("form");
  const { from, to, actor, group, result } = filter;
  const narrowed = Object.values(filter).some((value) => value !== undefined);
  return (
    <search aria-label={t("filters.label")}>
      <form className="filters" action="/audit" method="get">
        <label className="input search">
          <Icon name="search" className="text-fg-3" />
          <span className="sr-only">{t("filters.search")}</span>
          <input
            type="search"
            name="q"
            defaultValue={filter.q}
            placeholder={t("filters.search")}
            maxLength={100}
            autoComplete="off"
          />
        </label>
        <FilterFold given={[from, to, actor, group, result].filter((value) => value !== undefined).length}>
          <Day name="from" label={t("filters.from")} value={from} />
          <Day name="to" label={t("filters.to")} value={to} />
          <Choice
            name="actor"
            label={t("filters.person")}
            all={f("all")}
            value={actor}
            options={actors.map(({ id, name }) => [id, name])}
          />
          <Choice name="group" label={t("filters.group")} all={f("all")} value={group} options={await groups()} />
          <Choice
            name="result"
            label={t("filters.result")}
            all={f("all")}
            value={result}
            options={[
              ["ok", t("results.ok")],
              ["refused", t("results.refused")],
            ]}
          />
          <Button type="submit" size="sm">
            {f("apply")}
          </Button>
        </FilterFold>
        {narrowed ? (
          <Link className="chip" href="/audit">
            <Icon name="x" /> {f("clear")}
          </Link>
        ) : null}
        {children ? <div className="ml-auto text-xs text-fg-3">{children}</div> : null}
      </form>
    </search>
  );
}

/** The nouns that actions begin with, in the order of the words' file. */
async function groups(): Promise<[string, string][]> {
  const words = loadMessages(asLocale(await getLocale())).audit;
  const held = typeof words === "object" ? words.groups : undefined;
  return Object.entries(typeof held === "object" ? held : {}).map(([name, text]) => [name, String(text)]);
}

function Day({ name, label, value }: { name: string; label: string; value: string | undefined }) {
  return (
    <label className="flex items-center gap-1 whitespace-nowrap text-xs text-fg-2">
      {label}
      <input className="input w-auto" type="date" name={name} defaultValue={value} />
    </label>
  );
}

function Choice({
  name,
  label,
  all,
  value,
  options,
}: {
  name: string;
  label: string;
  all: string;
  value: string | undefined;
  options: readonly (readonly [value: string, label: string])[];
}) {
  return (
    <select key={value ?? ""} className="input" name={name} defaultValue={value ?? ""} aria-label={label}>
      <option value="">{`${label}: ${all}`}</option>
      {options.map(([option, text]) => (
        <option key={option} value={option}>
          {`${label}: ${text}`}
        </option>
      ))}
    </select>
  );
}
