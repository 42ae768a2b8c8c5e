import type { Metadata } from "next";
import { forbidden, notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ChannelHeader } from "@/components/channels/channel-header";
import { ChannelHistoryTable } from "@/components/channels/channel-history-table";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { listChannelHistory } from "@/lib/channels/queries/list-channel-history";
import { loadChannel } from "../channel";

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ after?: string | string[] }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations("channels");
  return { title: `${t("history.title")} · ${(await loadChannel((await params).id)).name}` };
}

export default async function ChannelHistoryPage({ params, searchParams }: Props) {
  const actor = await currentActor();
  const channel = await loadChannel((await params).id);
  if (!can(actor, "audit:read")) forbidden();
  const { after } = await searchParams;
  const history = await listChannelHistory(actor, channel.id, typeof after === "string" ? after : undefined);
  if (!history) notFound();
  const t = await getTranslations("channels");
  return (
    <>
      <ChannelHeader channel={channel} tab="history" history />
      {history.items.length > 0 ? (
        <ChannelHistoryTable entries={history.items} now={new Date()} />
      ) : (
        <EmptyState title={t("history.none")} />
      )}
      {history.next ? (
        <div className="pt-3">
          <LinkButton size="sm" href={`/channels/${channel.id}/history?after=${history.next}`}>
            {t("history.more")}
          </LinkButton>
        </div>
      ) : null}
    </>
  );
}
