import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PeopleHeader } from "@/components/people/people-header";
import { RightChangeTable } from "@/components/people/right-change-table";
import { EmptyState } from "@/components/ui/empty-state";
import { Pagination } from "@/components/ui/pagination";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { listRightChanges } from "@/lib/people/queries/people";
import { listPeopleSchema } from "@/lib/people/schema";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("people"))("history.title") };
}

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function HistoryPage({ searchParams }: { searchParams: Search }) {
  const actor = await currentActor();
  const t = await getTranslations("people");
  const { after } = listPeopleSchema.parse(await searchParams);
  const { items, next } = await listRightChanges(actor, { after });
  return (
    <>
      <PeopleHeader actor={actor} tab="history" />
      <p className="mb-4 text-sm text-fg-2">{t("history.law")}</p>
      {items.length > 0 ? (
        <RightChangeTable changes={items} named linked={can(actor, "person:read")} now={new Date()} />
      ) : (
        <EmptyState title={t("history.empty")} />
      )}
      <Pagination
        label={t("history.pages")}
        range={t("shown", { count: items.length })}
        previous={after ? "/people/history" : null}
        next={next && `/people/history?after=${next}`}
      />
    </>
  );
}
