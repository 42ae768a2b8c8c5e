import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { ConfirmForm } from "@/components/form/confirm-form";
import { TextField } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import { buttonClass } from "@/components/ui/button-class";
import type { FormAction } from "@/lib/action";
import type { PlacementRow } from "@/lib/placements/schema";

/** Takes one button down, behind a question. */
export function PlacementRetireForm({ placement, action }: { placement: PlacementRow; action: FormAction }) {
  const t = useTranslations("placements");
  return (
    <ConfirmForm
      action={action}
      opener={t("retire.open")}
      title={t("retire.title", { name: placement.name })}
      body={placement.mode === "direct" ? t("retire.bodyDirect") : t("retire.body")}
      submit={t("retire.submit")}
      variant="danger"
      hidden={{ placementId: placement.id }}
      fields={{ reason: t("field.reason") }}
    >
      <TextField name="reason" label={t("field.reason")} maxLength={300} />
    </ConfirmForm>
  );
}

/** Takes many buttons down at once, behind a fold, so that it works without script. */
export function PlacementBulkRetire({ action, chosen }: { action: FormAction; chosen: readonly { id: string }[] }) {
  const t = useTranslations("placements");
  const f = useTranslations("form");
  return (
    <ActionForm
      action={action}
      summary={t("new.check")}
      working={f("working")}
      fields={{ placementId: t("column.place"), reason: t("field.reason") }}
    >
      {chosen.map(({ id }) => (
        <input key={id} type="hidden" name="placementId" value={id} />
      ))}
      <details className="confirm">
        <summary className={buttonClass({ size: "sm" })}>{t("retireSelected")}</summary>
        <div className="panel mt-2 max-w-120">
          <div className="in">
            <p className="mb-3 text-sm text-fg-2">{t("retire.body")}</p>
            <TextField name="reason" label={t("field.reason")} maxLength={300} />
            <SubmitButton variant="danger">{t("bulk.retire", { count: chosen.length })}</SubmitButton>
          </div>
        </div>
      </details>
    </ActionForm>
  );
}
