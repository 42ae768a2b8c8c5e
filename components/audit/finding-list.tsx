import { getTranslations } from "next-intl/server";
import { ActionForm } from "@/components/form/action-form";
import { SelectField, TextField } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import { TextArea } from "@/components/form/text-area";
import { Panel, PanelPart } from "@/components/ui/panel";
import { Status } from "@/components/ui/status";
import { Deadline } from "@/components/ui/text";
import { Time } from "@/components/ui/time";
import type { FormAction } from "@/lib/action";
import type { FindingView, ReviewView } from "@/lib/audit/access/reviews";
import { kstDay } from "@/lib/clock";

/** What a review found, who follows it up, until when, and what was done. */
export async function FindingList({
  review,
  recordAction,
  closeAction,
  now,
}: {
  review: ReviewView;
  recordAction: FormAction | null;
  closeAction: FormAction | null;
  now: Date;
}) {
  const [t, e, f] = await Promise.all([
    getTranslations("audit.access.findings"),
    getTranslations("errors"),
    getTranslations("form"),
  ]);
  const questioned = review.sampleViews.filter(({ verdict }) => verdict === "question");
  return (
    <div id="findings" className="grid gap-4">
      {review.findingViews.length === 0 ? <p className="text-sm text-fg-2">{t("none")}</p> : null}
      {review.findingViews.map((finding) => (
        <Finding key={finding.id} finding={finding} reviewId={review.id} action={closeAction} now={now} />
      ))}
      {recordAction ? (
        <Panel title={t("record")}>
          <PanelPart>
            <ActionForm
              action={recordAction}
              summary={e("summary", { count: 1 })}
              working={f("working")}
              fields={{ text: t("text"), ownerId: t("owner"), dueOn: t("dueOn") }}
            >
              <input type="hidden" name="reviewId" value={review.id} />
              <TextArea name="text" label={t("text")} hint={t("textHint")} limit={1_000} />
              {questioned.length > 0 ? (
                <SelectField
                  name="sampleId"
                  label={t("sample")}
                  optional={f("optional")}
                  empty={t("noSample")}
                  options={questioned.map(({ sampleId, note, record }) => ({
                    value: sampleId,
                    label:
                      `${record ? kstDay(record.at) : ""} ${record?.actorName ?? ""} ${note}`.trim() ||
                      sampleId.slice(0, 8),
                  }))}
                />
              ) : null}
              <SelectField
                name="ownerId"
                label={t("owner")}
                empty={t("choose")}
                options={review.owners.map(({ id, name }) => ({ value: id, label: name }))}
              />
              <TextField name="dueOn" type="date" label={t("dueOn")} />
              <div className="form-foot">
                <SubmitButton variant="default">{t("record")}</SubmitButton>
              </div>
            </ActionForm>
          </PanelPart>
        </Panel>
      ) : null}
    </div>
  );
}

async function Finding({
  finding,
  reviewId,
  action,
  now,
}: {
  finding: FindingView;
  reviewId: string;
  action: FormAction | null;
  now: Date;
}) {
  const [t, e, f] = await Promise.all([
    getTranslations("audit.access.findings"),
    getTranslations("errors"),
    getTranslations("form"),
  ]);
  return (
    <Panel
      title={finding.owner}
      aside={finding.closedAt ? <Status kind="ok">{t("done")}</Status> : <Deadline on={finding.dueOn} now={now} />}
    >
      <PanelPart>
        <p className="whitespace-pre-line text-sm">{finding.text}</p>
        <p className="hint mt-1">
          {finding.recordedBy} · <Time at={finding.recordedAt} now={now} />
        </p>
      </PanelPart>
      {finding.closedAt ? (
        <PanelPart>
          <p className="whitespace-pre-line text-sm">{finding.followUp}</p>
          <p className="hint mt-1">
            {finding.closedBy} · <Time at={finding.closedAt} now={now} />
          </p>
        </PanelPart>
      ) : action ? (
        <PanelPart>
          <ActionForm
            action={action}
            summary={e("summary", { count: 1 })}
            working={f("working")}
            fields={{ followUp: t("followUp") }}
          >
            <input type="hidden" name="reviewId" value={reviewId} />
            <input type="hidden" name="findingId" value={finding.id} />
            <TextArea name="followUp" label={t("followUp")} hint={t("followUpHint")} limit={1_000} />
            <div className="form-foot">
              <SubmitButton variant="default" size="sm">
                {t("close")}
              </SubmitButton>
            </div>
          </ActionForm>
        </PanelPart>
      ) : null}
    </Panel>
  );
}
