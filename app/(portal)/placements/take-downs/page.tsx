import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PlacementTabs } from "@/components/placements/placement-tabs";
import { TakeDownTable } from "@/components/placements/take-down-table";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Icon } from "@/components/ui/icon";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { listTakeDowns } from "@/lib/placements/queries/take-downs";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("placements.takeDown"))("title") };
}

type Search = Promise<{ after?: string | string[]; before?: string | string[] }>;

export default async function TakeDownsPage({ searchParams }: { searchParams: Search }) {
  const actor = await currentActor();
  const t = await getTranslations("placements.takeDown");
  const { after, before } = await searchParams;
  const one = (text: string | string[] | undefined) => (typeof text === "string" ? text : "");
  const page = await listTakeDowns(actor, { after: one(after), before: one(before) });
  const open = can(actor, "take-down:open") ? (
    <LinkButton variant="primary" href="/placements/take-downs/new" icon={<Icon name="plus" />}>
      {t("open")}
    </LinkButton>
  ) : null;
  return (
    <>
      <PageHeader title={t("title")} sub={t("about")} actions={open} />
      <PlacementTabs current="takeDowns" />
      {page.items.length === 0 ? (
        <EmptyState title={t("empty.title")}>{t("empty.body")}</EmptyState>
      ) : (
        <>
          <TakeDownTable campaigns={page.items} now={new Date()} />
          <Pagination
            label={t("list")}
            range={t("range", { count: page.items.length })}
            previous={page.previous && `/placements/take-downs?before=${page.previous}`}
            next={page.next && `/placements/take-downs?after=${page.next}`}
          />
        </>
      )}
    </>
  );
}
