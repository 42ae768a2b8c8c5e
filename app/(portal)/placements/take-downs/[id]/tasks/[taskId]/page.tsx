import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { TaskFacts } from "@/components/placements/take-down-rail";
import { TaskStatus } from "@/components/placements/take-down-status";
import { TaskForms } from "@/components/placements/task-forms";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { listPlacementChoices } from "@/lib/placements/queries";
import { getTakeDown, getTask } from "@/lib/placements/queries/take-downs";
import { takeDownStatus, taskStatus } from "@/lib/placements/rules/take-down";
import { closeTaskAction, handTaskAction, reinstateTakeDownAction } from "../../../actions";

type Props = {
  params: Promise<{ id: string; taskId: string }>;
  searchParams: Promise<{ refused?: string | string[] }>;
};

const load = cache(async (id: string, taskId: string) => {
  const actor = await currentActor();
  const now = new Date();
  const [campaign, task] = await Promise.all([getTakeDown(actor, id, now), getTask(actor, id, taskId)]);
  if (!campaign || !task) notFound();
  return { actor, campaign, task, now };
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id, taskId } = await params;
  return { title: (await load(id, taskId)).task.name };
}

export default async function TakeDownTaskPage({ params, searchParams }: Props) {
  const { id, taskId } = await params;
  const { actor, campaign, task, now } = await load(id, taskId);
  const { refused } = await searchParams;
  const t = await getTranslations("placements.takeDown");
  const state = taskStatus(task, campaign.over, now);
  const over = ["completed", "withdrawn", "reinstated"].includes(takeDownStatus(campaign, now));
  const open = !over && (state === "open" || state === "late");
  const may = can(actor, "take-down:close") && open;
  return (
    <>
      <PageHeader
        title={task.name}
        crumbs={[
          { href: "/placements/take-downs", label: t("title") },
          {
            href: `/placements/take-downs/${id}`,
            label: t(campaign.cause === "hand" ? "name.hand" : "name.channel", { name: campaign.channelName ?? "" }),
          },
        ]}
        status={<TaskStatus state={state} pill />}
      />
      <div className="max-w-160">
        <TaskFacts campaignId={id} task={task} now={now} />
        <TaskForms
          campaign={campaign}
          task={task}
          may={{
            close: may,
            reinstate: can(actor, "take-down:reinstate") && campaign.cause === "hand" && !campaign.over,
          }}
          owners={may ? (await listPlacementChoices(actor, now)).owners : []}
          refused={typeof refused === "string" ? refused : ""}
          actions={{ close: closeTaskAction, hand: handTaskAction, reinstate: reinstateTakeDownAction }}
        />
      </div>
    </>
  );
}
