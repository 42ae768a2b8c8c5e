import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { Icon } from "@/components/ui/icon";
import { PageHeader } from "@/components/ui/page-header";
import { Tabs } from "@/components/ui/tabs";
import { Hash, Missing, Mono } from "@/components/ui/text";
import type { ChannelState } from "@/lib/channels/schema";
import { dealerBySlug } from "@/lib/dealers/directory";
import { ChannelStatus } from "./channel-status";

export type ChannelHead = {
  id: string;
  searchId: string;
  publicId: string | null;
  senderKey: string | null;
  name: string;
  dealer: string | null;
  state: ChannelState;
  consignorName: string;
  organizationName: string;
  progress: { done: number; of: number };
  placements: number;
  connections: number | null;
  blocked: number | null;
};

export type ChannelTab = "onboarding" | "profile" | "checks" | "blocks" | "history";

/** Identity of a channel and its parts; the same on each of its pages. */
export function ChannelHeader({
  channel,
  tab,
  history,
  actions,
}: {
  channel: ChannelHead;
  /** Null: a page of the channel that has no tab. */
  tab: ChannelTab | null;
  /** Whether the viewer may read the audit log. */
  history: boolean;
  actions?: ReactNode;
}) {
  const t = useTranslations("channels");
  const at = `/channels/${channel.id}`;
  return (
    <>
      <PageHeader
        title={channel.name}
        initial={Array.from(channel.name)[0]}
        crumbs={[{ href: "/channels", label: t("title") }]}
        status={<ChannelStatus state={channel.state} pill />}
        facts={[
          [
            t("fields.searchId"),
            <span key="searchId" className="inline-flex items-center gap-1">
              @{channel.searchId}
              <CopyButton
                small
                text={`@${channel.searchId}`}
                label={t("copySearchId")}
                done={t("copied")}
                icon={<Icon name="copy" />}
              />
            </span>,
          ],
          [
            t("fields.publicId"),
            channel.publicId ? <Mono key="publicId">{channel.publicId}</Mono> : <Missing key="publicId" />,
          ],
          [
            t("fields.senderKey"),
            channel.senderKey ? <Hash key="senderKey" value={channel.senderKey} /> : <Missing key="senderKey" />,
          ],
          [t("fields.dealer"), dealerBySlug(channel.dealer)?.name ?? t("noDealer")],
          [t("fields.client"), channel.consignorName || channel.organizationName],
        ]}
        actions={actions}
      />
      <Tabs
        label={t("tabs.label")}
        tabs={[
          {
            href: at,
            label: t("tabs.onboarding"),
            count: t("progressOf", channel.progress),
            current: tab === "onboarding",
          },
          { href: `${at}/profile`, label: t("tabs.profile"), current: tab === "profile" },
          { href: `${at}/checks`, label: t("tabs.checks"), current: tab === "checks" },
          ...(channel.blocked === null
            ? []
            : [
                {
                  href: `${at}/blocks`,
                  label: t("tabs.blocks"),
                  count: channel.blocked,
                  current: tab === "blocks",
                },
              ]),
          { href: `/placements?channel=${channel.id}`, label: t("tabs.placements"), count: channel.placements },
          ...(channel.connections === null
            ? []
            : [{ href: "/dealers/connections", label: t("tabs.connections"), count: channel.connections }]),
          ...(history ? [{ href: `${at}/history`, label: t("tabs.history"), current: tab === "history" }] : []),
        ]}
      />
    </>
  );
}
