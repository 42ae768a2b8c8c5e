import { useLocale, useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { ConfirmForm } from "@/components/form/confirm-form";
import { SelectField, TextField } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import { TextArea } from "@/components/form/text-area";
import { Panel, PanelPart } from "@/components/ui/panel";
import type { FormAction } from "@/lib/action";
import { type Day, fullDay } from "@/lib/clock";
import { categories } from "@/lib/retention/rules/categories";
import { chatRange } from "@/lib/transcripts/rules/guide";
import { anchorKinds, forwardedSources, longestForwarded } from "@/lib/transcripts/schema/reading";

type Actions = Record<"classify" | "anchor", FormAction>;

/** Category and the days that a person names. */
export function TranscriptMarks({
  sessionId,
  category,
  anchors,
  today,
  actions,
}: {
  sessionId: string;
  category: string;
  anchors: Record<(typeof anchorKinds)[number], Day | null>;
  today: Day;
  actions: Actions;
}) {
  const t = useTranslations("transcripts.reading.mark");
  const l = useTranslations("transcripts.lists");
  const f = useTranslations("form");
  const locale = useLocale();
  return (
    <Panel title={t("title")}>
      <PanelPart>
        <ActionForm
          action={actions.classify}
          summary={t("summary")}
          working={f("working")}
          fields={{ category: t("category") }}
        >
          <input type="hidden" name="ids" value={sessionId} />
          <SelectField
            name="category"
            label={t("category")}
            defaultValue={category}
            hint={l("bulk.note")}
            options={categories.map((one) => ({ value: one, label: l(`categories.${one}`) }))}
          />
          <SubmitButton variant="default" size="sm">
            {t("act")}
          </SubmitButton>
        </ActionForm>
      </PanelPart>
      <PanelPart>
        <div className="flex flex-wrap gap-2">
          {anchorKinds.map((kind) => (
            <ConfirmForm
              key={kind}
              action={actions.anchor}
              opener={t(kind === "case-closed" ? "caseAct" : "transactionAct")}
              openerSize="sm"
              title={t(kind)}
              body={
                <>
                  {anchors[kind] ? t("now", { day: fullDay(anchors[kind], locale) }) : null} {t("newer")}
                </>
              }
              submit={t(kind === "case-closed" ? "caseAct" : "transactionAct")}
              hidden={{ sessionId, kind }}
              fields={{ on: t("on") }}
            >
              <TextField name="on" type="date" label={t("on")} max={today} defaultValue={anchors[kind] ?? today} />
            </ConfirmForm>
          ))}
        </div>
      </PanelPart>
    </Panel>
  );
}

/** Guide 3-2's way to what 상담톡 does not show: the customer hands it on. */
export function ForwardForm({ sessionId, action }: { sessionId: string; action: FormAction }) {
  const t = useTranslations("transcripts.reading.forward");
  const r = useTranslations("transcripts.reading");
  return (
    <ConfirmForm
      action={action}
      opener={t("open")}
      openerSize="sm"
      title={t("title")}
      body={
        <>
          <p>{t("body")}</p>
          <blockquote className="mt-2 border-l-2 border-line-2 pl-2.5 text-xs" lang="ko">
            {chatRange.instead}{" "}
            <cite className="text-fg-3 not-italic">{r("guide", { section: chatRange.section })}</cite>
          </blockquote>
        </>
      }
      submit={t("act")}
      hidden={{ sessionId }}
      fields={{ source: t("source"), text: t("text") }}
    >
      <SelectField
        name="source"
        label={t("source")}
        options={forwardedSources.map((source) => ({ value: source, label: t(`sources.${source}`) }))}
      />
      <TextArea name="text" label={t("text")} limit={longestForwarded} rows={6} />
    </ConfirmForm>
  );
}
