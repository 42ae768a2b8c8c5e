import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ExportTable } from "@/components/transcripts/export-table";
import { RefreshWhile } from "@/components/transcripts/refresh-while";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Icon } from "@/components/ui/icon";
import { ListLink } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { listExports } from "@/lib/transcripts/queries/list-exports";
import { exportState } from "@/lib/transcripts/rules/exports";
import { revokeExportAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("transcripts.exports"))("title") };
}

type Search = Promise<Record<string, string | string[] | undefined>>;
const text = (value: string | string[] | undefined) => (typeof value === "string" ? value : undefined);

export default async function ExportsPage({ searchParams }: { searchParams: Search }) {
  const actor = await currentActor();
  const t = await getTranslations("transcripts.exports");
  const l = await getTranslations("transcripts.lists");
  const i = await getTranslations("transcripts.imports");
  const now = new Date();
  const search = await searchParams;
  const page = await listExports(actor, { before: text(search.before), after: text(search.after) });
  const mayExport = can(actor, "transcript:export");
  const busy = page.items.some((row) => ["waiting", "making"].includes(exportState(row, now)));
  return (
    <>
      <PageHeader
        title={t("title")}
        sub={t("about")}
        crumbs={[{ href: "/transcripts", label: l("title") }]}
        wide
        actions={
          <>
            <LinkButton href="/transcripts/imports">{i("title")}</LinkButton>
            {mayExport ? (
              <LinkButton variant="primary" href="/transcripts/exports/new" icon={<Icon name="plus" />}>
                {t("new")}
              </LinkButton>
            ) : null}
          </>
        }
      />
      {busy ? (
        <p className="mb-3 text-sm">
          <RefreshWhile everyMs={3_000} />
          <ListLink href="/transcripts/exports">{t("refresh")}</ListLink>
        </p>
      ) : null}
      {page.items.length === 0 ? (
        <EmptyState title={t("empty")}>{t("emptyBody")}</EmptyState>
      ) : (
        <>
          <ExportTable
            rows={page.items}
            own={mayExport ? actor.personId : null}
            revoke={mayExport ? revokeExportAction : null}
            now={now}
          />
          <Pagination
            label={t("list")}
            range={t("range", { count: page.items.length })}
            previous={page.previous && `/transcripts/exports?before=${page.previous}`}
            next={page.next && `/transcripts/exports?after=${page.next}`}
          />
        </>
      )}
      <p className="mt-4 text-xs text-fg-3">
        {t("recorded")} {t("onlyOwn")}.
      </p>
    </>
  );
}
