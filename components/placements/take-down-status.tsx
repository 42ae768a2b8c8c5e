import { useTranslations } from "next-intl";
import { Status, type StatusKind } from "@/components/ui/status";
import type { TakeDownState, TaskState } from "@/lib/placements/schema/take-down";

const campaignKinds: Record<TakeDownState, StatusKind> = {
  ...{ ahead: "off", running: "bad", closing: "waiting", completed: "ok", reinstated: "note", withdrawn: "off" },
};
const taskKinds: Record<TaskState, StatusKind> = { open: "off", late: "bad", closed: "ok", reinstated: "note" };

/** Shape and word of where a campaign stands; `pill` beside a title. */
export function TakeDownStatus({ state, pill }: { state: TakeDownState; pill?: boolean }) {
  const t = useTranslations("placements.takeDown.state");
  return (
    <Status kind={campaignKinds[state]} pill={pill}>
      {t(state)}
    </Status>
  );
}

/** The same of one of its places. */
export function TaskStatus({ state, pill }: { state: TaskState; pill?: boolean }) {
  const t = useTranslations("placements.takeDown.taskState");
  return (
    <Status kind={taskKinds[state]} pill={pill}>
      {t(state)}
    </Status>
  );
}
