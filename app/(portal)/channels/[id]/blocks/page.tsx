import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { BlockActions } from "@/components/channels/block-actions";
import { BlockEmpty } from "@/components/channels/block-empty";
import { BlockGuide } from "@/components/channels/block-guide";
import { BlockProgress } from "@/components/channels/block-progress";
import { BlockTable } from "@/components/channels/block-table";
import { ChannelHeader } from "@/components/channels/channel-header";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { Pagination } from "@/components/ui/pagination";
import { WithRail } from "@/components/ui/section";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { listBlocks } from "@/lib/channels/queries/list-blocks";
import { blockProgress } from "@/lib/channels/rules/blocks";
import { blockStates, listBlocksSchema } from "@/lib/channels/schema/blocks";
import { loadChannel } from "../channel";
import { addBlockAction } from "./actions";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations("channels");
  return { title: `${t("blocks.title")} · ${(await loadChannel((await params).id)).name}` };
}

export default async function BlocksPage({ params, searchParams }: Props) {
  const actor = await currentActor();
  const channel = await loadChannel((await params).id);
  const t = await getTranslations("channels");
  const filter = listBlocksSchema.parse(await searchParams);
  const { q, state } = filter;
  const now = new Date();
  const { items, counts, previous, next } = await listBlocks(actor, channel.id, filter);
  const here = `/channels/${channel.id}/blocks`;
  const at = (more: Record<string, string | undefined>) => addressOf(here, { q, state, ...more });
  const mayEdit = can(actor, "block:edit");
  const { all } = blockProgress(counts);
  const live = channel.state !== "preparing";
  return (
    <>
      <ChannelHeader
        channel={channel}
        tab="blocks"
        history={can(actor, "audit:read")}
        actions={all > 0 ? <BlockActions channelId={channel.id} mayEdit={mayEdit} action={addBlockAction} /> : null}
      />
      <WithRail
        label={t("blocks.rail")}
        rail={
          <>
            <BlockProgress channelId={channel.id} counts={counts} live={live} link={false} />
            <BlockGuide />
          </>
        }
      >
        {all === 0 ? (
          <BlockEmpty channelId={channel.id} mayEdit={mayEdit} action={addBlockAction} />
        ) : (
          <>
            <FilterBar
              action={here}
              label={t("blocks.filterLabel")}
              search={{ value: q, placeholder: t("blocks.search") }}
              chips={[
                {
                  href: at({ state: undefined }),
                  label: t("blocks.allCount", { count: all }),
                  current: state === undefined,
                },
                ...blockStates.map((one) => ({
                  href: at({ state: one }),
                  label: t("blocks.stateCount", { state: t(`blocks.states.${one}`), count: counts[one] }),
                  current: state === one,
                })),
              ]}
              keep={{ state }}
              clear={q === undefined ? undefined : at({ q: undefined })}
            />
            <p className="hint mb-2">{t("blocks.searchHint")}</p>
            {items.length > 0 ? (
              <>
                <BlockTable channelId={channel.id} entries={items} now={now} />
                <Pagination
                  label={t("blocks.pagesLabel")}
                  range={t("blocks.shown", { count: items.length })}
                  previous={previous && at({ before: previous })}
                  next={next && at({ after: next })}
                />
              </>
            ) : (
              <EmptyState title={t("blocks.empty.filtered")}>{t("blocks.empty.filteredBody")}</EmptyState>
            )}
          </>
        )}
      </WithRail>
    </>
  );
}

function addressOf(path: string, search: Record<string, string | undefined>): string {
  const given = Object.entries(search).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return given.length > 0 ? `${path}?${new URLSearchParams(given)}` : path;
}
