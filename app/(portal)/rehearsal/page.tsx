import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { RehearsalStartForm } from "@/components/rehearsal/rehearsal-start-form";
import { RehearsalTable } from "@/components/rehearsal/rehearsal-table";
import { RehearsalTabs } from "@/components/rehearsal/rehearsal-tabs";
import { Callout } from "@/components/ui/callout";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { hasStandIns } from "@/lib/dealers/commands/rehearsal-dealer";
import { listRehearsals } from "@/lib/rehearsal/queries/list-rehearsals";
import { listRehearsalChannels } from "@/lib/rehearsal/queries/list-scenarios";
import { startRehearsalAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("rehearsal.run"))("title") };
}

/** The guide's five steps walked before a customer does: what was, and a new one. */
export default async function RehearsalsPage({
  searchParams,
}: {
  searchParams: Promise<{ after?: string | string[] }>;
}) {
  const actor = await currentActor();
  const { after } = await searchParams;
  const page = await listRehearsals(actor, typeof after === "string" ? after : null);
  const t = await getTranslations("rehearsal.run");
  const may = can(actor, "rehearsal:run");
  const channels = may ? await listRehearsalChannels(actor) : [];
  return (
    <>
      <PageHeader title={t("title")} sub={t("about")} />
      <RehearsalTabs tab="rehearsals" />
      {may && !hasStandIns() ? <Callout kind="warn" title={t("refused.noDealer")} /> : null}
      {channels.length > 0 && hasStandIns() ? (
        <RehearsalStartForm action={startRehearsalAction} channels={channels} />
      ) : null}
      {page.items.length === 0 ? (
        <EmptyState title={t("empty.title")}>{t("empty.body")}</EmptyState>
      ) : (
        <>
          <RehearsalTable rehearsals={page.items} now={new Date()} />
          <Pagination
            label={t("pages")}
            range={t("shown", { count: page.items.length })}
            previous={null}
            next={page.next === null ? null : `/rehearsal?after=${page.next}`}
          />
        </>
      )}
    </>
  );
}
