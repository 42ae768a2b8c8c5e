import { getTranslations } from "next-intl/server";
import { ActionForm } from "@/components/form/action-form";
import { TextField } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import type { FormAction } from "@/lib/action";
import type { Day } from "@/lib/clock";

/** Begins the review of a period; the days are those of Korea, both included. */
export async function StartReviewForm({ action, from, to }: { action: FormAction; from: Day; to: Day }) {
  const [t, e, f] = await Promise.all([
    getTranslations("audit.access.reviews"),
    getTranslations("errors"),
    getTranslations("form"),
  ]);
  return (
    <ActionForm
      action={action}
      summary={e("summary", { count: 1 })}
      working={f("working")}
      fields={{ from: t("from"), to: t("to") }}
      className="flex flex-wrap items-end gap-3"
    >
      <TextField name="from" type="date" label={t("from")} defaultValue={from} />
      <TextField name="to" type="date" label={t("to")} defaultValue={to} />
      <SubmitButton>{t("start")}</SubmitButton>
    </ActionForm>
  );
}
