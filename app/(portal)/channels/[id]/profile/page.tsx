import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ChannelHeader } from "@/components/channels/channel-header";
import { ChannelProfile } from "@/components/channels/channel-profile";
import { LinkButton } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { loadChannel } from "../channel";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations("channels");
  return { title: `${t("profile.title")} · ${(await loadChannel((await params).id)).name}` };
}

export default async function ChannelProfilePage({ params }: Props) {
  const actor = await currentActor();
  const channel = await loadChannel((await params).id);
  const t = await getTranslations("channels");
  const edit = (
    <LinkButton href={`/channels/${channel.id}/edit`} icon={<Icon name="pencil" />}>
      {t("edit")}
    </LinkButton>
  );
  return (
    <>
      <ChannelHeader
        channel={channel}
        tab="profile"
        history={can(actor, "audit:read")}
        actions={can(actor, "channel:edit") ? edit : null}
      />
      <ChannelProfile channel={channel} />
    </>
  );
}
