import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ImportTable } from "@/components/transcripts/import-table";
import { Code } from "@/components/ui/code";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { currentActor } from "@/lib/auth/session";
import { listImports } from "@/lib/transcripts/queries/list-imports";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("transcripts.imports"))("title") };
}

type Search = Promise<Record<string, string | string[] | undefined>>;
const text = (value: string | string[] | undefined) => (typeof value === "string" ? value : undefined);

export default async function ImportsPage({ searchParams }: { searchParams: Search }) {
  const actor = await currentActor();
  const t = await getTranslations("transcripts.imports");
  const l = await getTranslations("transcripts.lists");
  const search = await searchParams;
  const page = await listImports(actor, { before: text(search.before), after: text(search.after) });
  return (
    <>
      <PageHeader title={t("title")} sub={t("about")} crumbs={[{ href: "/transcripts", label: l("title") }]} wide />
      {page.items.length === 0 ? (
        <EmptyState title={t("empty")}>{t("emptyBody")}</EmptyState>
      ) : (
        <>
          <ImportTable rows={page.items} now={new Date()} />
          <Pagination
            label={t("list")}
            range={t("range", { count: page.items.length })}
            previous={page.previous && `/transcripts/imports?before=${page.previous}`}
            next={page.next && `/transcripts/imports?after=${page.next}`}
          />
        </>
      )}
      <div className="mt-4">
        <Code label={t("command")}>npm run damso -- transcripts import FILE.ndjson --channel @id</Code>
      </div>
    </>
  );
}
