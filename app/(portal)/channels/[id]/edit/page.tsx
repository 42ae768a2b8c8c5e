import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ChannelForm } from "@/components/channels/channel-form";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { editChannelAction } from "../../actions";
import { loadChannel } from "../channel";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations("channels");
  return { title: `${t("edit")} · ${(await loadChannel((await params).id)).name}` };
}

export default async function EditChannelPage({ params }: Props) {
  const actor = await currentActor();
  const channel = await loadChannel((await params).id);
  if (!can(actor, "channel:edit")) forbidden();
  const t = await getTranslations("channels");
  return (
    <>
      <PageHeader
        title={t("edit")}
        crumbs={[
          { href: "/channels", label: t("title") },
          { href: `/channels/${channel.id}`, label: channel.name },
        ]}
      />
      <ChannelForm action={editChannelAction} channel={channel} maySwitch={can(actor, "channel:switch-dealer")} />
    </>
  );
}
