import type { Metadata } from "next";
import { forbidden, notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { BlockPreview } from "@/components/channels/block-preview";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { getBlockImport } from "@/lib/channels/queries/get-block-import";
import { dayAndTime } from "@/lib/clock";
import { asLocale } from "@/lib/locale";
import { loadChannel } from "../../../channel";
import { discardBlockImportAction, saveBlockImportAction } from "../../actions";

type Props = { params: Promise<{ id: string; importId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations("channels");
  return { title: `${t("blocks.preview.title")} · ${(await loadChannel((await params).id)).name}` };
}

export default async function BlockPreviewPage({ params }: Props) {
  const actor = await currentActor();
  const { id, importId } = await params;
  const channel = await loadChannel(id);
  if (!can(actor, "block:edit")) forbidden();
  const now = new Date();
  const list = await getBlockImport(actor, channel.id, importId, now);
  if (!list) notFound();
  const t = await getTranslations("channels");
  const until = dayAndTime(list.until, asLocale(await getLocale()), now);
  return (
    <>
      <PageHeader
        title={t("blocks.preview.title")}
        crumbs={[
          { href: "/channels", label: t("title") },
          { href: `/channels/${channel.id}`, label: channel.name },
          { href: `/channels/${channel.id}/blocks`, label: t("blocks.title") },
          { href: `/channels/${channel.id}/blocks/import`, label: t("blocks.importPage.title") },
        ]}
        sub={t("blocks.preview.until", { at: until })}
      />
      <BlockPreview
        channelId={channel.id}
        list={list}
        saveAction={saveBlockImportAction}
        discardAction={discardBlockImportAction}
      />
    </>
  );
}
