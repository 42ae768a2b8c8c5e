import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { BlockUpload } from "@/components/channels/block-upload";
import { Callout } from "@/components/ui/callout";
import { Code } from "@/components/ui/code";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { mostBlockRows } from "@/lib/channels/rules/block-list";
import { asLocale } from "@/lib/locale";
import { hasSentence, sentence } from "@/lib/messages";
import { loadChannel } from "../../channel";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations("channels");
  return { title: `${t("blocks.importPage.title")} · ${(await loadChannel((await params).id)).name}` };
}

export default async function BlockImportPage({ params, searchParams }: Props) {
  const actor = await currentActor();
  const channel = await loadChannel((await params).id);
  if (!can(actor, "block:edit")) forbidden();
  const t = await getTranslations("channels");
  const refused = await refusalOf(await searchParams);
  return (
    <>
      <PageHeader
        title={t("blocks.importPage.title")}
        crumbs={[
          { href: "/channels", label: t("title") },
          { href: `/channels/${channel.id}`, label: channel.name },
          { href: `/channels/${channel.id}/blocks`, label: t("blocks.title") },
        ]}
        sub={t("blocks.importPage.readNote")}
      />
      {refused ? (
        <Callout kind="bad" role="alert">
          {refused}
        </Callout>
      ) : null}
      <BlockUpload channelId={channel.id} />
      <h2 className="mt-6 mb-2 text-sm font-semibold">{t("blocks.importPage.example")}</h2>
      <Code label={t("blocks.importPage.example")}>{t("blocks.importPage.sample")}</Code>
    </>
  );
}

/** Why an upload was refused, as the address that it came back to says; anything else is nothing. */
async function refusalOf({ refused, line }: Record<string, string | string[] | undefined>): Promise<string | null> {
  if (typeof refused !== "string") return null;
  const locale = asLocale(await getLocale());
  const key = `channels.blocks.file.${refused}`;
  const number = typeof line === "string" && /^\d{1,5}$/.test(line) ? Number(line) : 0;
  return hasSentence(key, locale) ? sentence(key, locale, { line: number, most: mostBlockRows }) : null;
}
