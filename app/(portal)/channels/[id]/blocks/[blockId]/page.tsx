import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { BlockFacts, BlockMarks } from "@/components/channels/block-detail";
import { BlockGuide } from "@/components/channels/block-guide";
import { BlockPanel } from "@/components/channels/block-panel";
import { BlockStatus } from "@/components/channels/block-status";
import { PageHeader } from "@/components/ui/page-header";
import { WithRail } from "@/components/ui/section";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { getBlock } from "@/lib/channels/queries/get-block";
import { isDealerCallable } from "@/lib/dealers/queries/dealer-access";
import { loadChannel } from "../../channel";
import {
  blockAtDealerAction,
  confirmBlockAction,
  dropBlockAction,
  identifyBlockAction,
  reopenBlockAction,
} from "../actions";

type Props = { params: Promise<{ id: string; blockId: string }> };

/** Without the person's name: titles are kept by browsers. */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations("channels");
  return { title: `${t("blocks.one")} · ${(await loadChannel((await params).id)).name}` };
}

export default async function BlockPage({ params }: Props) {
  const actor = await currentActor();
  const { id, blockId } = await params;
  const channel = await loadChannel(id);
  const entry = await getBlock(actor, channel.id, blockId);
  if (!entry) notFound();
  const t = await getTranslations("channels");
  const now = new Date();
  const mayEdit = can(actor, "block:edit");
  const mayCall = mayEdit && (await isDealerCallable(actor, "block:edit", channel.id));
  const actions = {
    identify: identifyBlockAction,
    confirm: confirmBlockAction,
    drop: dropBlockAction,
    reopen: reopenBlockAction,
    atDealer: mayCall ? blockAtDealerAction : null,
  };
  return (
    <>
      <PageHeader
        title={entry.label}
        status={<BlockStatus state={entry.state} pill />}
        crumbs={[
          { href: "/channels", label: t("title") },
          { href: `/channels/${channel.id}`, label: channel.name },
          { href: `/channels/${channel.id}/blocks`, label: t("blocks.title") },
        ]}
      />
      <WithRail
        label={t("blocks.rail")}
        rail={
          <>
            <BlockPanel channelId={channel.id} entry={entry} mayEdit={mayEdit} actions={actions} now={now} />
            <BlockGuide />
          </>
        }
      >
        <BlockFacts entry={entry} now={now} />
        <BlockMarks entry={entry} now={now} />
      </WithRail>
    </>
  );
}
