import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { MediaFilterBar } from "@/components/templates/media-filters";
import { MediaTable } from "@/components/templates/media-table";
import { MediaUpload } from "@/components/templates/media-upload";
import { TemplateTabs } from "@/components/templates/template-tabs";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import type { Locale } from "@/lib/locale";
import { hasSentence, sentence } from "@/lib/messages";
import { listMedia } from "@/lib/templates/queries/media";
import { mediaFiltersSchema } from "@/lib/templates/schema/media";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("templates.media"))("title") };
}

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function MediaPage({ searchParams }: { searchParams: Search }) {
  const actor = await currentActor();
  const search = await searchParams;
  const filters = mediaFiltersSchema.parse(search);
  const [t, locale, page] = await Promise.all([
    getTranslations("templates.media"),
    getLocale() as Promise<Locale>,
    listMedia(actor, filters),
  ]);
  const { refused } = search;
  const kept = { q: filters.q, kind: filters.kind ?? "", unused: filters.unused ? "1" : "" };
  const narrowed = Object.values(kept).some((value) => value !== "");
  const address = (more: Record<string, string>) =>
    `/templates/media?${new URLSearchParams(Object.entries({ ...kept, ...more }).filter(([, value]) => value !== ""))}`;
  return (
    <>
      <PageHeader title={t("title")} sub={t("about")} />
      <TemplateTabs current="media" />
      <MediaFilterBar filters={filters} />
      {page.items.length === 0 ? (
        <EmptyState title={t(narrowed ? "none" : "empty")} />
      ) : (
        <>
          <MediaTable rows={page.items} />
          <Pagination
            label={t("list")}
            range={t("uses", { count: page.items.length })}
            previous={page.previous && address({ before: page.previous })}
            next={page.next && address({ after: page.next })}
          />
        </>
      )}
      {can(actor, "media:upload") ? (
        <MediaUpload refused={typeof refused === "string" ? refusalSentence(refused, locale) : null} />
      ) : null}
    </>
  );
}

/** The sentence of an upload's refusal, by its code in the address; nothing for a code that is none of ours. */
function refusalSentence(code: string, locale: Locale): string | null {
  if (!/^[A-Za-z-]{1,40}$/.test(code)) return null;
  const key = ["templates.media.refused", "channels.file"]
    .map((group) => `${group}.${code}`)
    .find((one) => hasSentence(one, locale));
  return key ? sentence(key, locale) : null;
}
