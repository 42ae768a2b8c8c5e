import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { BlockProgress } from "@/components/channels/block-progress";
import { ChannelHeader } from "@/components/channels/channel-header";
import { EndPanel } from "@/components/channels/end-panel";
import { FillPlan } from "@/components/channels/fill-plan";
import { GoLivePanel } from "@/components/channels/go-live-panel";
import { OnboardingTable } from "@/components/channels/onboarding-table";
import { ProfileCheckPanel } from "@/components/channels/profile-check-panel";
import { WithRail } from "@/components/ui/section";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { listColleagues } from "@/lib/channels/queries/colleagues";
import { getBlockProgress } from "@/lib/channels/queries/list-blocks";
import { getSenderProfile } from "@/lib/channels/queries/list-checks";
import { onboardingKeys } from "@/lib/channels/schema";
import { kstDay } from "@/lib/clock";
import { hasSentence, sentence } from "@/lib/messages";
import {
  agreeGoLiveAction,
  declineGoLiveAction,
  endChannelAction,
  fillPlanAction,
  markOnboardingAction,
  planOnboardingAction,
  requestGoLiveAction,
  withdrawEndAction,
  withdrawGoLiveAction,
} from "../actions";
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
  const search = await searchParams;
  const mayPlan = can(actor, "onboarding:plan");
  const planning = mayPlan ? (onboardingKeys.find((key) => key === search.plan) ?? null) : null;
  const contracts = can(actor, "contract:read");
  const blocks = can(actor, "block:read") ? await getBlockProgress(actor, channel.id) : null;
  return (
    <>
      <ChannelHeader
        channel={channel}
        tab="onboarding"
        history={can(actor, "audit:read")}
        actions={
          mayPlan && channel.state === "preparing" ? (
            <FillPlan action={fillPlanAction} channelId={channel.id} today={kstDay(now)} />
          ) : null
        }
      />
      <WithRail
        label={t("rail")}
        rail={
          <>
            <GoLivePanel
              channel={channel}
              view={{
                ...{ personId: actor.personId, now },
                may: {
                  request: can(actor, "channel:request-go-live"),
                  agree: can(actor, "channel:go-live"),
                  contracts,
                },
                actions: {
                  ...{ request: requestGoLiveAction, agree: agreeGoLiveAction },
                  ...{ decline: declineGoLiveAction, withdraw: withdrawGoLiveAction },
                },
              }}
            />
            <ProfileCheckPanel
              check={await getSenderProfile(actor, channel.id)}
              channelId={channel.id}
              mayRun={can(actor, "check:run")}
              linked
              now={now}
            />
            {blocks ? (
              <BlockProgress
                channelId={channel.id}
                counts={blocks}
                live={channel.state === "live" || channel.state === "ending"}
              />
            ) : null}
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
            ...{ channelId: channel.id, dealer: channel.dealer, categoryCode: channel.categoryCode },
            ...{ placements: channel.placements, marks: channel.marks, states: channel.states, plans: channel.plans },
            ...{ now, planning, markAction: markOnboardingAction, planAction: planOnboardingAction },
            colleagues: planning ? await listColleagues(actor, now) : [],
            may: {
              ...{ mark: can(actor, "onboarding:mark"), attach: can(actor, "evidence:attach") },
              ...{ download: can(actor, "evidence:download"), edit: can(actor, "channel:edit") },
              ...{ plan: mayPlan, contracts },
            },
            refused: await refusalOf(search),
          }}
        />
      </WithRail>
    </>
  );
}

/** Refusals of an item itself, beside those of its file. */
const ofItem = ["derived", "item", "note", "family", "noFile", "renewOn", "renewPast", "renewFar"];

/** Why an upload was refused, as the address that it came back to says; anything else is nothing. */
async function refusalOf({ item, refused }: Record<string, string | string[] | undefined>) {
  const key = onboardingKeys.find((one) => one === item);
  if (!key || typeof refused !== "string") return null;
  const locale = await getLocale();
  const why = `channels.${ofItem.includes(refused) ? "refused" : "file"}.${refused}`;
  return hasSentence(why, locale)
    ? { item: key, sentence: sentence(why, locale, { today: kstDay(new Date()) }) }
    : null;
}
