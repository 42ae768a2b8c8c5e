import { useLocale, useTranslations } from "next-intl";
import { buttonClass } from "@/components/ui/button-class";
import { KeyValue } from "@/components/ui/key-value";
import { Link } from "@/components/ui/link";
import { Panel, PanelPart } from "@/components/ui/panel";
import type { StatusKind } from "@/components/ui/status";
import { Hash, Missing, Mono } from "@/components/ui/text";
import { Timeline } from "@/components/ui/timeline";
import { dayAndTime, dayWithWeekday } from "@/lib/clock";
import { takeDownStatus } from "@/lib/placements/rules/take-down";
import type { TakeDownDetail, TakeDownStep, TaskRow } from "@/lib/placements/schema/take-down";
import { TaskProof } from "./take-down-tasks";

/** Where a campaign stands and why, kind by kind; at its end the certificate. */
export function TakeDownProgress({ campaign, now }: { campaign: TakeDownDetail; now: Date }) {
  const t = useTranslations("placements.takeDown");
  const locale = useLocale();
  const state = takeDownStatus(campaign, now);
  const done = campaign.steps.find(({ kind }) => kind === "completed");
  const day = dayWithWeekday(campaign.effectiveOn, locale, now);
  return (
    <Panel title={t("progressTitle")}>
      <PanelPart>
        <p className="mb-2 text-sm text-fg-2">
          {t(`stateNote.${state}`, { day, count: campaign.total - campaign.closed })}
        </p>
        <KeyValue
          rows={campaign.progress.map(({ kind, closed, total }) => [
            t(`kind.${kind}`),
            t("progress", { closed, total }),
          ])}
        />
        {campaign.toldToday > 0 ? <p className="hint mt-2">{t("toldToday", { count: campaign.toldToday })}</p> : null}
        {campaign.cause !== "hand" && campaign.over === null ? (
          <p className="hint mt-2">{t("reinstateChannel")}</p>
        ) : null}
      </PanelPart>
      {done?.fileId && done.sha256 ? (
        <PanelPart>
          <a
            className={buttonClass({ size: "sm" })}
            href={`/placements/take-downs/${campaign.id}/files/${done.fileId}`}
          >
            {t("certificate")}
          </a>
          <p className="hint mt-2">
            {t("certificateHash")} <Hash value={done.sha256} head={8} tail={8} />
          </p>
        </PanelPart>
      ) : null}
    </Panel>
  );
}

const kinds: Record<TakeDownStep["kind"], StatusKind> = {
  ...{ moved: "warn", withdrawn: "off", reinstated: "note", handed: "note", completed: "ok" },
};

/** What happened to a campaign, newest first. */
export function TakeDownHistory({ campaign, now }: { campaign: TakeDownDetail; now: Date }) {
  const t = useTranslations("placements.takeDown");
  const locale = useLocale();
  const moments = campaign.steps.map((step) => ({
    key: step.id,
    kind: kinds[step.kind],
    title: [t(`step.${step.kind}`), step.placeName].filter(Boolean).join(" · "),
    note: [
      `${step.byName ?? t("system")} · ${dayAndTime(step.at, locale, now)}`,
      step.effectiveOn ? dayWithWeekday(step.effectiveOn, locale, now) : "",
      step.kind === "completed" ? "" : step.note,
    ]
      .filter((part) => part !== "")
      .join(" · "),
  }));
  const opened = {
    key: "opened",
    kind: "note",
    title: t("step.opened"),
    note: `${campaign.byName ?? t("system")} · ${dayAndTime(campaign.at, locale, now)}`,
  } as const;
  return <Timeline moments={[...moments.reverse(), opened]} />;
}

/** One place of a campaign: where it hangs, and what proves that it no longer does. */
export function TaskFacts({ campaignId, task, now }: { campaignId: string; task: TaskRow; now: Date }) {
  const t = useTranslations("placements.takeDown");
  const p = useTranslations("placements");
  const locale = useLocale();
  const where = [p(`medium.${task.medium}`), task.site, task.location].filter((part) => part !== "").join(" · ");
  return (
    <KeyValue
      rows={[
        [
          t("task.code"),
          <Link key="code" href={`/placements/${task.placementId}`}>
            <Mono>{task.code}</Mono>
          </Link>,
        ],
        [t("task.where"), where],
        ...(task.kind === "web"
          ? [[t("task.page"), task.pageUrl ?? <Missing key="page" what="field" />] as const]
          : []),
        [t("task.due"), dayWithWeekday(task.dueOn, locale, now)],
        [t("task.owner"), task.ownerName ?? t("noOwner")],
        [
          t(task.how === null ? "task.check" : "task.closedHow"),
          <span key="proof">
            <TaskProof task={task} now={now} />
          </span>,
        ],
        ...(task.reason ? [[t("task.reason"), task.reason] as const] : []),
        ...task.runs.map(
          ({ id, number, copies, fileId, sha256 }) =>
            [
              t("task.runName", { number, copies }),
              fileId && sha256 ? (
                <a key={id} href={`/placements/take-downs/${campaignId}/files/${fileId}`}>
                  <Hash value={sha256} head={8} tail={8} />
                </a>
              ) : (
                t("task.runOpen")
              ),
            ] as const,
        ),
        ...(task.fileId && task.sha256
          ? [
              [
                t("task.file"),
                <span key="file">
                  <a href={`/placements/take-downs/${campaignId}/files/${task.fileId}`}>{t("task.download")}</a>
                </span>,
              ] as const,
              [
                t("task.hash"),
                <span key="hash" className="mono break-all">
                  {task.sha256}
                </span>,
              ] as const,
            ]
          : []),
      ]}
    />
  );
}
