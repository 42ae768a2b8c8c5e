import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ChannelEmpty } from "@/components/channels/channel-empty";
import { ChannelTable } from "@/components/channels/channel-table";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { Icon } from "@/components/ui/icon";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { listChannels } from "@/lib/channels/queries/list-channels";
import { channelStates, listChannelsSchema } from "@/lib/channels/schema";
import { dealers } from "@/lib/dealers/directory";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("channels"))("title") };
}

type Search = Record<string, string | string[] | undefined>;

export default async function ChannelsPage({ searchParams }: { searchParams: Promise<Search> }) {
  const actor = await currentActor();
  const t = await getTranslations("channels");
  const filter = listChannelsSchema.parse(await searchParams);
  const { q, state, dealer } = filter;
  const sort = filter.sort === "newest" ? undefined : filter.sort;
  const now = new Date();
  const { items, previous, next } = await listChannels(actor, filter, now);
  const narrowed = q !== undefined || state !== undefined || dealer !== undefined;
  const at = (more: Record<string, string | undefined>) => addressOf({ q, state, dealer, sort, ...more });
  const mayOpen = can(actor, "channel:open");
  const opener = (
    <LinkButton variant="primary" href="/channels/new" icon={<Icon name="plus" />}>
      {t("openChannel")}
    </LinkButton>
  );
  const begun = items.length > 0 || narrowed || previous !== null;
  return (
    <>
      <PageHeader title={t("title")} sub={t("sub")} actions={mayOpen && begun ? opener : null} />
      {begun ? (
        <>
          <FilterBar
            action="/channels"
            label={t("filterLabel")}
            search={{ value: q, placeholder: t("search") }}
            chips={[
              { href: at({ state: undefined }), label: t("allStates"), current: state === undefined },
              ...channelStates.map((one) => ({
                href: at({ state: one }),
                label: t(`states.${one}`),
                current: state === one,
              })),
            ]}
            selects={[
              {
                ...{ name: "dealer", label: t("filters.dealer"), value: dealer },
                options: dealers.map((one) => ({ value: one.slug, label: one.name })),
              },
            ]}
            keep={{ state, sort }}
            clear={q === undefined && dealer === undefined ? undefined : at({ q: undefined, dealer: undefined })}
          />
          {items.length > 0 ? (
            <>
              <ChannelTable
                channels={items}
                now={now}
                sort={filter.sort}
                sorted={{
                  newest: at({ sort: undefined }),
                  name: at({ sort: "name" }),
                  "last-day": at({ sort: "last-day" }),
                }}
              />
              <Pagination
                label={t("pagesLabel")}
                range={t("shown", { count: items.length })}
                previous={previous && at({ before: previous })}
                next={next && at({ after: next })}
              />
            </>
          ) : (
            <EmptyState title={t("empty.filtered")}>{t("empty.filteredBody")}</EmptyState>
          )}
        </>
      ) : (
        <ChannelEmpty mayOpen={mayOpen} mayReadDealers={can(actor, "connection:read")} />
      )}
    </>
  );
}

function addressOf(search: Record<string, string | undefined>): string {
  const given = Object.entries(search).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return given.length > 0 ? `/channels?${new URLSearchParams(given)}` : "/channels";
}
