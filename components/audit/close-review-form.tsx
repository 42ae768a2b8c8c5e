import { getTranslations } from "next-intl/server";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { TextArea } from "@/components/form/text-area";
import type { FormAction } from "@/lib/action";

export async function CloseReviewForm({
  action,
  review,
}: {
  action: FormAction;
  review: { id: string; version: number };
}) {
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
      fields={{ conclusion: t("conclusion") }}
    >
      <input type="hidden" name="reviewId" value={review.id} />
      <input type="hidden" name="version" value={review.version} />
      <TextArea name="conclusion" label={t("conclusion")} hint={t("conclusionHint")} limit={2_000} />
      <div className="form-foot">
        <SubmitButton>{t("close")}</SubmitButton>
      </div>
    </ActionForm>
  );
}
