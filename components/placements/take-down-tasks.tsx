import { useLocale, useTranslations } from "next-intl";
import { Fragment } from "react";
import { LinkButton } from "@/components/ui/button";
import { Status } from "@/components/ui/status";
import { GroupRow, Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { Deadline, Hash, Missing, Mono } from "@/components/ui/text";
import { dayAndTime } from "@/lib/clock";
import { taskStatus } from "@/lib/placements/rules/take-down";
import type { TakeDownRow, TaskRow } from "@/lib/placements/schema/take-down";
import { TaskStatus } from "./take-down-status";

/** A campaign's places under their kind and owner. */
export function TakeDownTasks({
  tasks,
  campaign,
  may,
  now,
}: {
  tasks: readonly TaskRow[];
  campaign: TakeDownRow;
  may: boolean;
  now: Date;
}) {
  const t = useTranslations("placements.takeDown");
  const head = (
    <>
      <Th>{t("column.place")}</Th>
      <Th>{t("column.due")}</Th>
      <Th>{t("column.taskState")}</Th>
      <Th phone="hide">{t("column.proof")}</Th>
      <Th end>
        <span className="sr-only">{t("act")}</span>
      </Th>
    </>
  );
  return (
    <Table caption={t("tasks")} head={head}>
      {tasks.map((task, at) => {
        const before = tasks[at - 1];
        const state = taskStatus(task, campaign.over, now);
        const first = before?.kind !== task.kind || before.ownerId !== task.ownerId;
        return (
          <Fragment key={task.id}>
            {first ? (
              <GroupRow
                columns={5}
                title={t("group", { kind: t(`kind.${task.kind}`), owner: task.ownerName ?? t("noOwner") })}
                note={t(`kindNote.${task.kind}`)}
              />
            ) : null}
            <Tr>
              <TdName href={`/placements/take-downs/${campaign.id}/tasks/${task.id}`} second={<Mono>{task.code}</Mono>}>
                {task.name}
              </TdName>
              <Td nowrap>
                <Deadline on={task.dueOn} now={now} done={state === "closed" || state === "reinstated"} />
              </Td>
              <Td nowrap>
                <TaskStatus state={state} />
              </Td>
              <Td phone="hide">
                <TaskProof task={task} now={now} />
              </Td>
              <Td end nowrap>
                <LinkButton size="sm" href={`/placements/take-downs/${campaign.id}/tasks/${task.id}`}>
                  {t(may && (state === "open" || state === "late") ? "act" : "view")}
                </LinkButton>
              </Td>
            </Tr>
          </Fragment>
        );
      })}
    </Table>
  );
}

/** How it was closed, or what a machine saw last. */
export function TaskProof({ task, now }: { task: TaskRow; now: Date }) {
  const t = useTranslations("placements.takeDown");
  const locale = useLocale();
  if (task.how !== null && task.closedAt !== null)
    return (
      <>
        {t(`how.${task.how}`)}
        <span className="t2">
          {task.closedBy ?? t("system")} · {dayAndTime(task.closedAt, locale, now)}
          {task.sha256 ? " · " : ""}
          {task.sha256 ? <Hash value={task.sha256} head={8} tail={4} /> : null}
        </span>
      </>
    );
  if (task.kind !== "web") return <Missing what="field" />;
  if (task.pageUrl === null) return <span className="text-fg-2">{t("check.noPage")}</span>;
  if (task.verdict === null || task.checkAt === null) return <span className="text-fg-2">{t("check.none")}</span>;
  return (
    <>
      <Status kind={task.verdict === "yes" ? "bad" : task.verdict === "no" ? "ok" : "unknown"}>
        {t(`check.${task.verdict}`)}
      </Status>
      <span className="t2">{dayAndTime(task.checkAt, locale, now)}</span>
    </>
  );
}
