import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { TakeDownActs } from "@/components/placements/take-down-acts";
import { TakeDownFilterBar } from "@/components/placements/take-down-filters";
import { TakeDownHistory, TakeDownProgress } from "@/components/placements/take-down-rail";
import { TakeDownStatus } from "@/components/placements/take-down-status";
import { TakeDownTasks } from "@/components/placements/take-down-tasks";
import { Callout } from "@/components/ui/callout";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { Section, WithRail } from "@/components/ui/section";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { getTakeDown, listTasks } from "@/lib/placements/queries/take-downs";
import { takeDownStatus } from "@/lib/placements/rules/take-down";
import { taskFiltersSchema } from "@/lib/placements/schema/take-down";
import {
  completeTakeDownAction,
  recheckTakeDownAction,
  reinstateTakeDownAction,
  remindTakeDownAction,
} from "../actions";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const load = cache(async (id: string) => {
  const actor = await currentActor();
  const now = new Date();
  const campaign = await getTakeDown(actor, id, now);
  if (!campaign) notFound();
  return { actor, campaign, now };
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { campaign } = await load((await params).id);
  const t = await getTranslations("placements.takeDown");
  return { title: t(campaign.cause === "hand" ? "name.hand" : "name.channel", { name: campaign.channelName ?? "" }) };
}

export default async function TakeDownPage({ params, searchParams }: Props) {
  const { actor, campaign, now } = await load((await params).id);
  const t = await getTranslations("placements.takeDown");
  const given = await searchParams;
  const filters = taskFiltersSchema.parse(given);
  const page = await listTasks(actor, campaign.id, filters);
  const at = `/placements/take-downs/${campaign.id}`;
  const { after: _after, before: _before, ...kept } = filters;
  const address = (more: Record<string, string>) =>
    `${at}?${new URLSearchParams(Object.entries({ ...kept, ...more }).filter(([, value]) => value !== ""))}`;
  return (
    <>
      <PageHeader
        title={t(campaign.cause === "hand" ? "name.hand" : "name.channel", { name: campaign.channelName ?? "" })}
        crumbs={[{ href: "/placements/take-downs", label: t("title") }]}
        status={<TakeDownStatus state={takeDownStatus(campaign, now)} pill />}
        sub={campaign.note}
        actions={
          <TakeDownActs
            campaign={campaign}
            now={now}
            may={{ close: can(actor, "take-down:close"), reinstate: can(actor, "take-down:reinstate") }}
            actions={{
              complete: completeTakeDownAction,
              recheck: recheckTakeDownAction,
              reinstate: reinstateTakeDownAction,
              remind: remindTakeDownAction,
            }}
          />
        }
      />
      {given.changed ? <Callout kind="bad" role="alert" title={t("changed")} /> : null}
      <WithRail
        label={t("progressTitle")}
        rail={
          <>
            <TakeDownProgress campaign={campaign} now={now} />
            <Section title={t("history")}>
              <TakeDownHistory campaign={campaign} now={now} />
            </Section>
          </>
        }
      >
        <TakeDownFilterBar at={at} filters={filters} owners={campaign.owners} />
        {page.items.length === 0 ? (
          <EmptyState title={t("tasksEmpty")} />
        ) : (
          <>
            <TakeDownTasks tasks={page.items} campaign={campaign} may={can(actor, "take-down:close")} now={now} />
            <Pagination
              label={t("tasks")}
              range={t("progress", { closed: campaign.closed, total: campaign.total })}
              previous={page.previous && address({ before: page.previous })}
              next={page.next && address({ after: page.next })}
            />
          </>
        )}
      </WithRail>
    </>
  );
}
