import { useLocale, useTranslations } from "next-intl";
import { ConnectionOnce } from "@/components/dealers/connection-once";
import { ActionForm } from "@/components/form/action-form";
import { Checkbox, RadioGroup, SelectField } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import { TextArea } from "@/components/form/text-area";
import { Icon } from "@/components/ui/icon";
import type { FormAction } from "@/lib/action";
import { mostExported } from "@/lib/transcripts/rules/exports";
import { type ExportFilter, exportFormats } from "@/lib/transcripts/schema/exports";

/** Purpose, reason and format of an export whose conditions are chosen; then its password, once. */
export function ExportForm({
  action,
  filter,
  purposes,
}: {
  action: FormAction;
  filter: ExportFilter;
  purposes: readonly { id: string; name: string; scope: string }[];
}) {
  const t = useTranslations("transcripts.exports");
  const f = useTranslations("form");
  const locale = useLocale();
  const names = ["format", "purposeId", "reason"] as const;
  const words = {
    ...{ title: t("once.title"), body: t("once.body"), address: "", secret: t("once.password"), paths: "" },
    ...{ toConnection: t("once.toList"), copy: f("copy"), copied: f("copied") },
  };
  return (
    <ActionForm
      action={action}
      summary={t("summary")}
      working={f("working")}
      fields={{ ...Object.fromEntries(names.map((name) => [name, t(name)])), unmasked: t("unmask") }}
      className="max-w-160"
    >
      <ConnectionOnce words={words} copyIcon={<Icon name="copy" />}>
        {Object.entries(filter).map(([name, value]) =>
          value ? <input key={name} type="hidden" name={name} value={value} /> : null,
        )}
        <RadioGroup
          name="format"
          label={t("format")}
          options={exportFormats.map((format) => ({
            ...{ value: format, label: t(`formats.${format}`) },
            note: t(`formatNotes.${format}`, { most: mostExported[format].toLocaleString(locale) }),
          }))}
          defaultValue="ndjson"
        />
        <SelectField
          name="purposeId"
          label={t("purposeId")}
          empty={f("choose")}
          options={purposes.map(({ id, name, scope }) => ({ value: id, label: scope ? `${name} (${scope})` : name }))}
        />
        <TextArea name="reason" label={t("reason")} hint={t("reasonHint")} limit={500} rows={3} />
        <Checkbox name="unmasked" label={t("unmask")} hint={t("unmaskHint")} />
        <div className="form-foot">
          <SubmitButton>{t("ask")}</SubmitButton>
        </div>
      </ConnectionOnce>
    </ActionForm>
  );
}
