import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ChannelHeader } from "@/components/channels/channel-header";
import { SwitchBegin } from "@/components/channels/switch-begin";
import { SwitchGuide } from "@/components/channels/switch-guide";
import { SwitchHistory } from "@/components/channels/switch-history";
import { SwitchOpen } from "@/components/channels/switch-open";
import { WithRail } from "@/components/ui/section";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { getSwitches } from "@/lib/channels/queries/get-switch";
import { loadChannel } from "../channel";
import { beginSwitchAction, completeSwitchAction, withdrawSwitchAction } from "./actions";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations("channels");
  return { title: `${t("switch.title")} · ${(await loadChannel((await params).id)).name}` };
}

export default async function SwitchDealerPage({ params }: Props) {
  const actor = await currentActor();
  const channel = await loadChannel((await params).id);
  const t = await getTranslations("channels");
  const now = new Date();
  const { open, closed } = await getSwitches(actor, channel.id, now);
  const may = { switch: can(actor, "channel:switch-dealer"), connections: can(actor, "connection:read") };
  return (
    <>
      <ChannelHeader channel={channel} tab={null} history={can(actor, "audit:read")} />
      <WithRail label={t("switch.rail")} rail={<SwitchGuide searchId={channel.searchId} />}>
        {open ? (
          <SwitchOpen
            channel={channel}
            open={open}
            may={may}
            completeAction={completeSwitchAction}
            withdrawAction={withdrawSwitchAction}
            now={now}
          />
        ) : (
          <SwitchBegin channel={channel} may={may.switch} action={beginSwitchAction} now={now} />
        )}
        <SwitchHistory switches={closed} now={now} />
      </WithRail>
    </>
  );
}
