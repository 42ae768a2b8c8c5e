import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import { Mark } from "@/components/ui/mark";
import type { Theme } from "@/lib/locale";
import { LanguageChoice, ThemeChoice } from "./choices";

type Act = (formData: FormData) => Promise<void>;

/** What the shell needs to know of the one who looks. */
export interface Viewer {
  name: string;
  role: string;
  organization: { id: string; name: string };
  /** Every company this person works in, the present one among them. */
  organizations: readonly { id: string; name: string }[];
  theme: Theme;
}

export interface ShellActions {
  switchOrganization: Act;
  signOut: Act;
  setLocale: Act;
  setTheme: Act;
}

/** The company at the top of the sidebar; a menu only where there is a choice. Popovers need no script. */
export function OrganizationMenu({ viewer, action }: { viewer: Viewer; action: Act }) {
  const t = useTranslations("shell");
  const inside = (
    <>
      <Mark />
      <span>
        <b>{t("name")}</b>
        <small>{viewer.organization.name}</small>
      </span>
    </>
  );
  if (viewer.organizations.length < 2) return <div className="side-button">{inside}</div>;
  return (
    <>
      <button type="button" className="side-button" popoverTarget="menu-organization">
        {inside}
        <Icon name="chevrons-up-down" className="text-fg-3" />
        <span className="sr-only">{t("organizations")}</span>
      </button>
      <div className="menu org" id="menu-organization" popover="auto">
        <OrganizationList viewer={viewer} action={action} />
      </div>
    </>
  );
}

export function OrganizationList({ viewer, action }: { viewer: Viewer; action: Act }) {
  const t = useTranslations("shell");
  return (
    <form action={action} aria-label={t("organizations")}>
      {viewer.organizations.map((organization) => {
        const current = organization.id === viewer.organization.id;
        return (
          <button
            key={organization.id}
            type="submit"
            className="menu-row"
            name="organizationId"
            value={organization.id}
            aria-current={current || undefined}
          >
            <Icon name="building" />
            <span className="flex-1">{organization.name}</span>
            {current ? <Icon name="check" /> : null}
          </button>
        );
      })}
    </form>
  );
}

/** The person at the foot of the sidebar: own account, language, theme, the way out. */
export function AccountMenu({ viewer, actions }: { viewer: Viewer; actions: ShellActions }) {
  const t = useTranslations("shell");
  return (
    <div className="me">
      <button type="button" className="side-button" popoverTarget="menu-account">
        <span className="avatar" aria-hidden="true">
          {Array.from(viewer.name)[0]}
        </span>
        <span>
          <b>{viewer.name}</b>
          <small>{viewer.role}</small>
        </span>
        <Icon name="ellipsis" className="text-fg-2" />
        <span className="sr-only">{t("accountMenu")}</span>
      </button>
      <div className="menu me" id="menu-account" popover="auto">
        <AccountLines viewer={viewer} actions={actions} />
      </div>
    </div>
  );
}

export function AccountLines({ viewer, actions }: { viewer: Viewer; actions: ShellActions }) {
  const t = useTranslations("shell");
  return (
    <>
      <Link className="menu-row" href="/account">
        <Icon name="user-round" />
        {t("account")}
      </Link>
      <hr className="menu-rule" />
      <LanguageChoice action={actions.setLocale} />
      <ThemeChoice action={actions.setTheme} theme={viewer.theme} />
      <hr className="menu-rule" />
      <form action={actions.signOut}>
        <MenuButton icon={<Icon name="log-out" />}>{t("signOut")}</MenuButton>
      </form>
    </>
  );
}

function MenuButton({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <button type="submit" className="menu-row">
      {icon}
      {children}
    </button>
  );
}
