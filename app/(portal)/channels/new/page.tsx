import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ChannelForm } from "@/components/channels/channel-form";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { openChannelAction } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("channels"))("openChannel") };
}

export default async function NewChannelPage() {
  const actor = await currentActor();
  if (!can(actor, "channel:open")) forbidden();
  const t = await getTranslations("channels");
  return (
    <>
      <PageHeader title={t("openChannel")} crumbs={[{ href: "/channels", label: t("title") }]} />
      <ChannelForm action={openChannelAction} />
    </>
  );
}
