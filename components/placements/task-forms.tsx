import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { ConfirmForm } from "@/components/form/confirm-form";
import { FileField, SelectField, TextField } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import { Button } from "@/components/ui/button";
import { Section } from "@/components/ui/section";
import type { FormAction } from "@/lib/action";
import type { TakeDownRow, TaskRow } from "@/lib/placements/schema/take-down";

const refusals = ["reason", "webFile", "closed", "completed", "over", "size", "kind", "run"] as const;

/** Closes a place with a file or by hand, hands it over, puts it back. */
export function TaskForms({
  campaign,
  task,
  may,
  owners,
  refused,
  actions,
}: {
  campaign: TakeDownRow;
  task: TaskRow;
  may: { close: boolean; reinstate: boolean };
  owners: readonly { id: string; name: string }[];
  /** Why an upload was refused, by its code. */
  refused: string;
  actions: { close: FormAction; hand: FormAction; reinstate: FormAction };
}) {
  const t = useTranslations("placements.takeDown");
  const f = useTranslations("form");
  const code = refused === "" ? null : (refusals.find((one) => one === refused) ?? "other");
  const byHand = task.kind === "web";
  const open = task.runs.filter(({ fileId }) => fileId === null);
  return (
    <>
      {code ? (
        <p role="alert" className="mt-3 text-bad">
          {t(`uploadRefused.${code}`)}
        </p>
      ) : null}
      {may.close ? (
        <>
          <Section title={t(`task.proof.${task.kind}`)} note={t(`task.proofNote.${task.kind}`)}>
            <form
              id="proof"
              action={`/placements/take-downs/${campaign.id}/upload?task=${task.id}`}
              method="post"
              encType="multipart/form-data"
              className="grid gap-2"
            >
              <input type="hidden" name="taskId" value={task.id} />
              {open.length > 0 ? (
                <SelectField
                  name="runId"
                  label={t("task.run")}
                  options={open.map(({ id, number, copies }) => ({
                    value: id,
                    label: t("task.runName", { number, copies }),
                  }))}
                />
              ) : null}
              <TextField
                name="reason"
                label={t(byHand ? "task.reason" : "task.reasonOptional")}
                optional={byHand ? undefined : f("optional")}
                maxLength={300}
              />
              <FileField
                name="file"
                label={t("task.fileLabel")}
                hint={t("task.fileHint")}
                accept="image/png,image/jpeg,image/webp,application/pdf"
              />
              <div className="form-foot">
                <Button type="submit" variant="primary">
                  {t("task.upload")}
                </Button>
              </div>
            </form>
          </Section>
          {byHand ? null : (
            <Section title={t("task.hand")} note={t("task.handNote")}>
              <ActionForm
                action={actions.close}
                summary={t("new.check")}
                working={f("working")}
                fields={{ reason: t("task.reason") }}
              >
                <input type="hidden" name="taskId" value={task.id} />
                <TextField name="reason" label={t("task.reason")} maxLength={300} />
                <div className="form-foot">
                  <SubmitButton variant="default">{t("task.handSubmit")}</SubmitButton>
                </div>
              </ActionForm>
            </Section>
          )}
          <Section title={t("task.handOver")}>
            <ActionForm
              action={actions.hand}
              summary={t("new.check")}
              working={f("working")}
              fields={{ ownerId: t("task.handOverTo") }}
            >
              <input type="hidden" name="taskId" value={task.id} />
              <SelectField
                name="ownerId"
                label={t("task.handOverTo")}
                defaultValue={task.ownerId}
                options={owners.map(({ id, name }) => ({ value: id, label: name }))}
              />
              <div className="form-foot">
                <SubmitButton variant="default">{t("task.handOverSubmit")}</SubmitButton>
              </div>
            </ActionForm>
          </Section>
        </>
      ) : null}
      {may.reinstate && task.reinstatedAt === null ? (
        <div className="mt-6">
          <ConfirmForm
            action={actions.reinstate}
            opener={t("task.reinstate")}
            title={t("task.reinstate")}
            body={t("task.reinstateNote")}
            submit={t("task.reinstate")}
            variant="danger"
            hidden={{ takeDownId: campaign.id, taskId: task.id }}
            fields={{ note: t("reason") }}
          >
            <TextField name="note" label={t("reason")} maxLength={300} />
          </ConfirmForm>
        </div>
      ) : null}
    </>
  );
}
