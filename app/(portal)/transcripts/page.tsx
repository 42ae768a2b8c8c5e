import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { BulkClassify } from "@/components/transcripts/bulk-classify";
import { FindForm } from "@/components/transcripts/find-form";
import { TranscriptFilters, transcriptsAddress } from "@/components/transcripts/transcript-filters";
import { TranscriptTable } from "@/components/transcripts/transcript-table";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { isNarrowed, searchTranscripts } from "@/lib/transcripts/commands/search-transcripts";
import { listTranscriptChoices } from "@/lib/transcripts/queries/list-transcripts";
import { transcriptFilterSchema } from "@/lib/transcripts/schema/reading";
import { classifyPickedAction, findTranscriptsAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("transcripts.lists"))("title") };
}

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function TranscriptsPage({ searchParams }: { searchParams: Search }) {
  const actor = await currentActor();
  const t = await getTranslations("transcripts.lists");
  const now = new Date();
  const filter = transcriptFilterSchema.parse(await searchParams);
  const page = await searchTranscripts(actor, filter, now);
  const choices = await listTranscriptChoices(actor);
  const { before, after, ...kept } = filter;
  const narrowed = isNarrowed(filter);
  const picks = can(actor, "transcript:classify");
  const table = (
    <TranscriptTable
      rows={page.items}
      hrefOf={(id) => transcriptsAddress(filter, `/transcripts/${id}`)}
      picks={picks}
      now={now}
    />
  );
  return (
    <>
      <PageHeader
        title={t("title")}
        sub={t("about")}
        wide
        actions={
          <>
            {can(actor, "attachment-host:read") ? (
              <LinkButton href="/transcripts/files">{t("files")}</LinkButton>
            ) : null}
            {can(actor, "purpose:read") ? <LinkButton href="/transcripts/purposes">{t("purposes")}</LinkButton> : null}
            <LinkButton href="/transcripts/exports">{t("exports")}</LinkButton>
          </>
        }
      />
      <FindForm channels={choices.channels} action={findTranscriptsAction} />
      <TranscriptFilters filter={filter} channels={choices.channels} policies={choices.policies} now={now} />
      {page.items.length === 0 ? (
        <EmptyState title={t(narrowed || before || after ? "empty.none" : "empty.title")}>
          {t(narrowed || before || after ? "empty.noneNote" : "empty.body")}
        </EmptyState>
      ) : picks ? (
        <BulkClassify action={classifyPickedAction}>{table}</BulkClassify>
      ) : (
        table
      )}
      <Pagination
        label={t("label")}
        range={t("range", { count: page.items.length })}
        previous={page.previous && transcriptsAddress({ ...kept, before: page.previous })}
        next={page.next && transcriptsAddress({ ...kept, after: page.next })}
      />
      <p className="mt-4 text-xs text-fg-3">{t("recorded")}</p>
    </>
  );
}
