import { useTranslations } from "next-intl";
import { useId } from "react";
import { Icon } from "@/components/ui/icon";
import { NavLink } from "./nav-link";
import type { Entry, EntryKey, GroupKey, Waiting } from "./navigation";

const groups: readonly (GroupKey | undefined)[] = [undefined, "operate", "comply", "prove", "manage"];

/** The entries by group; a count at the right means "waiting for you", red only when a date has passed. */
export function NavEntries({
  entries,
  waiting,
}: {
  entries: readonly Entry[];
  waiting: Partial<Record<EntryKey, Waiting>>;
}) {
  const t = useTranslations("shell");
  const loading = useTranslations("form")("loading");
  const id = useId();
  return groups.map((group) => {
    const inside = entries.filter((entry) => entry.group === group);
    if (inside.length === 0) return null;
    return (
      <div key={group ?? "first"}>
        {group ? (
          <p className="nav-group" id={`${id}-${group}`}>
            {t(`groups.${group}`)}
          </p>
        ) : null}
        <ul aria-labelledby={group ? `${id}-${group}` : undefined}>
          {inside.map((entry) => (
            <li key={entry.key}>
              <NavLink className="nav-entry" href={entry.href} loading={loading}>
                <Icon name={entry.icon} />
                {t(`entries.${entry.key}`)}
                <Count waiting={waiting[entry.key]} />
              </NavLink>
            </li>
          ))}
        </ul>
      </div>
    );
  });
}

function Count({ waiting }: { waiting?: Waiting }) {
  const t = useTranslations("shell");
  if (!waiting || waiting.count === 0) return null;
  const { count, late } = waiting;
  return (
    <span className={late ? "waiting late" : "waiting"}>
      <span aria-hidden="true">{count}</span>
      <span className="sr-only">{t(late ? "late" : "waiting", { count })}</span>
    </span>
  );
}
