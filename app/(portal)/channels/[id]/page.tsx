import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { ChannelHeader } from "@/components/channels/channel-header";
import { EndPanel } from "@/components/channels/end-panel";
import { GoLivePanel } from "@/components/channels/go-live-panel";
import { OnboardingTable } from "@/components/channels/onboarding-table";
import { WithRail } from "@/components/ui/section";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { onboardingProgress } from "@/lib/channels/rules";
import { onboardingKeys } from "@/lib/channels/schema";
import { hasSentence, sentence } from "@/lib/messages";
import { endChannelAction, goLiveAction, markOnboardingAction, withdrawEndAction } from "../actions";
import { loadChannel } from "./channel";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await loadChannel((await params).id)).name };
}

export default async function ChannelPage({ params, searchParams }: Props) {
  const actor = await currentActor();
  const channel = await loadChannel((await params).id);
  const t = await getTranslations("channels");
  const now = new Date();
  return (
    <>
      <ChannelHeader
        channel={channel}
        progress={onboardingProgress(channel.dealer, channel.marks)}
        tab="onboarding"
        history={can(actor, "audit:read")}
      />
      <WithRail
        label={t("rail")}
        rail={
          <>
            <GoLivePanel
              channel={channel}
              marks={channel.marks}
              mayGoLive={can(actor, "channel:go-live")}
              action={goLiveAction}
            />
            <EndPanel
              channel={channel}
              mayEnd={can(actor, "channel:end")}
              now={now}
              endAction={endChannelAction}
              withdrawAction={withdrawEndAction}
            />
          </>
        }
      >
        <OnboardingTable
          sheet={{
            channelId: channel.id,
            dealer: channel.dealer,
            marks: channel.marks,
            now,
            may: {
              mark: can(actor, "onboarding:mark"),
              attach: can(actor, "evidence:attach"),
              download: can(actor, "evidence:download"),
              edit: can(actor, "channel:edit"),
            },
            markAction: markOnboardingAction,
            refused: await refusalOf(await searchParams),
          }}
        />
      </WithRail>
    </>
  );
}

/** Refusals of an item itself, beside those of its file. */
const ofItem = ["derived", "item", "note", "family"];

/** Why an upload was refused, as the address that it came back to says; anything else is nothing. */
async function refusalOf({ item, refused }: Record<string, string | string[] | undefined>) {
  const key = onboardingKeys.find((one) => one === item);
  if (!key || typeof refused !== "string") return null;
  const locale = await getLocale();
  const why = `channels.${ofItem.includes(refused) ? "refused" : "file"}.${refused}`;
  return hasSentence(why, locale) ? { item: key, sentence: sentence(why, locale) } : null;
}
