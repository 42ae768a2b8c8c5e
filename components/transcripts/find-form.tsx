import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { SelectField, TextField } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import type { FormAction } from "@/lib/action";

/** Finds by user_key or session id. Posted, so that the user_key stands in no address. */
export function FindForm({
  channels,
  action,
}: {
  channels: readonly { id: string; name: string; searchId: string }[];
  action: FormAction;
}) {
  const t = useTranslations("transcripts.lists.find");
  const f = useTranslations("form");
  return (
    <section aria-label={t("label")}>
      <ActionForm
        action={action}
        summary={t("summary")}
        working={f("working")}
        fields={{ key: t("key"), channel: t("channel") }}
      >
        <div className="flex flex-wrap items-start gap-x-3">
          <div className="w-64 max-desk:w-full">
            <TextField name="key" label={t("key")} maxLength={100} autoComplete="off" spellCheck={false} />
          </div>
          <div className="w-56 max-desk:w-full">
            <SelectField
              name="channel"
              label={t("channel")}
              optional={f("optional")}
              empty={t("all")}
              options={channels.map(({ id, name, searchId }) => ({ value: id, label: `${name} @${searchId}` }))}
            />
          </div>
          <div className="pt-[23px] max-desk:pt-0 max-desk:pb-3">
            <SubmitButton variant="default">{t("act")}</SubmitButton>
          </div>
        </div>
        <p className="hint mb-3">{t("note")}</p>
      </ActionForm>
    </section>
  );
}
