import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AccountLines, OrganizationList } from "@/components/shell/menus";
import { NavEntries } from "@/components/shell/nav-entries";
import { entriesFor } from "@/components/shell/navigation";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { currentActor } from "@/lib/auth/session";
import { waitingCounts } from "@/lib/today/queries/list-waiting";
import { loadViewer, shellActions } from "../viewer";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("shell"))("all") };
}

/** Every place and the own account on one page: what the sidebar holds, for the phone. */
export default async function MenuPage() {
  const actor = await currentActor();
  const t = await getTranslations("shell");
  const [viewer, waiting] = await Promise.all([loadViewer(), waitingCounts(actor, new Date())]);
  return (
    <>
      <PageHeader title={t("all")} sub={`${viewer.name} · ${viewer.role}`} />
      <div className="max-w-120">
        <nav className="mb-7" aria-label={t("all")}>
          <NavEntries entries={entriesFor(actor)} waiting={waiting} />
        </nav>
        {viewer.organizations.length > 1 ? (
          <Section title={t("organizations")}>
            <OrganizationList viewer={viewer} action={shellActions.switchOrganization} />
          </Section>
        ) : null}
        <Section title={t("account")}>
          <AccountLines viewer={viewer} actions={shellActions} />
        </Section>
      </div>
    </>
  );
}
