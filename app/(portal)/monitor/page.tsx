import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ConsultEmpty } from "@/components/transcripts/consult-empty";
import { ConsultFilterBar } from "@/components/transcripts/consult-filters";
import { consultLine } from "@/components/transcripts/consult-line";
import { ConsultTable } from "@/components/transcripts/consult-table";
import { UnknownCodeTable } from "@/components/transcripts/unknown-code-table";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { Section } from "@/components/ui/section";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { listConsultChannels, listConsults, listUnknownCodes } from "@/lib/transcripts/queries/list-consults";
import { consultFilterSchema } from "@/lib/transcripts/schema";
import { consultTableWords, consultWords } from "./words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("transcripts"))("title") };
}

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function MonitorPage({ searchParams }: { searchParams: Search }) {
  const actor = await currentActor();
  const t = await getTranslations("transcripts");
  const now = new Date();
  const filter = consultFilterSchema.parse(await searchParams);
  const [page, channels, codes, words, tableWords] = await Promise.all([
    listConsults(actor, filter),
    listConsultChannels(actor),
    listUnknownCodes(actor, filter.channel),
    consultWords(),
    consultTableWords(),
  ]);
  const { before, after, ...kept } = filter;
  const narrowed = Object.values(kept).some(Boolean);
  const query = (more: Record<string, string> = {}) =>
    new URLSearchParams(
      Object.entries({ ...kept, ...more }).flatMap(([name, value]) => (value ? [[name, value]] : [])),
    );
  const maySend = can(actor, "consult:send");
  const onFirstPage = !before && !after;
  return (
    <>
      <PageHeader title={t("title")} sub={t("about")} wide />
      <ConsultFilterBar filter={filter} channels={channels} now={now} />
      {page.items.length === 0 && !narrowed && onFirstPage ? <ConsultEmpty /> : null}
      {page.items.length === 0 && narrowed ? <p className="mb-3 text-sm text-fg-2">{t("empty.none")}</p> : null}
      <ConsultTable
        key={`${query({ before: before ?? "", after: after ?? "" })}`}
        lines={page.items.map((row) => consultLine(row, words, now, maySend))}
        words={tableWords}
        stream={onFirstPage ? `/monitor/stream?${query()}` : null}
        here={`/monitor?${query()}`}
      />
      <Pagination
        label={t("list")}
        range={t("range", { count: page.items.length })}
        previous={page.previous && `/monitor?${query({ before: page.previous })}`}
        next={page.next && `/monitor?${query({ after: page.next })}`}
      />
      {codes.length > 0 ? (
        <Section title={t("codes.title")} count={codes.length} note={t("codes.note")}>
          <UnknownCodeTable codes={codes} now={now} />
        </Section>
      ) : null}
      <p className="mt-4 text-xs text-fg-3">{t("note")}</p>
    </>
  );
}
