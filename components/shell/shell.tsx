import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Icon } from "@/components/ui/icon";
import { fullTime } from "@/lib/clock";
import { Clock } from "./clock";
import { AccountMenu, OrganizationMenu, type ShellActions, type Viewer } from "./menus";
import { NavEntries } from "./nav-entries";
import { NavLink } from "./nav-link";
import { bottomEntries, type Entry, type EntryKey, type Waiting } from "./navigation";

/** Sidebar, top bar, the page, and on the phone the bottom bar. The page writes its own path and title (PageHeader). */
export function Shell({
  viewer,
  entries,
  waiting,
  actions,
  children,
}: {
  viewer: Viewer;
  entries: readonly Entry[];
  waiting: Partial<Record<EntryKey, Waiting>>;
  actions: ShellActions;
  children: ReactNode;
}) {
  const t = useTranslations("shell");
  const loading = useTranslations("form")("loading");
  const locale = useLocale();
  const now = new Date();
  return (
    <>
      <a className="btn skip" href="#main">
        {t("skip")}
      </a>
      <div className="shell">
        <header className="side">
          <OrganizationMenu viewer={viewer} action={actions.switchOrganization} />
          <nav aria-label={t("mainMenu")}>
            <NavEntries entries={entries} waiting={waiting} />
          </nav>
          <AccountMenu viewer={viewer} actions={actions} />
        </header>
        <div className="min-w-0">
          <section className="top" aria-label={t("clock")}>
            <Clock now={now.toISOString()} locale={locale} />
          </section>
          <main className="main" id="main" tabIndex={-1}>
            <p className="print-line">
              {t("name")} · {viewer.organization.name} ·{" "}
              {t("printed", { time: fullTime(now, locale), name: viewer.name })}
            </p>
            {children}
          </main>
        </div>
      </div>
      <nav className="bottom" aria-label={t("mainMenu")}>
        {bottomEntries(entries).map((entry) => (
          <NavLink key={entry.key} href={entry.href} loading={loading}>
            <Icon name={entry.icon} />
            {t(`entries.${entry.key}`)}
          </NavLink>
        ))}
        <NavLink href="/menu" loading={loading}>
          <Icon name="menu" />
          {t("all")}
        </NavLink>
      </nav>
    </>
  );
}
