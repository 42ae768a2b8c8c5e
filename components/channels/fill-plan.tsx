import { useTranslations } from "next-intl";
import { ConfirmForm } from "@/components/form/confirm-form";
import { TextField } from "@/components/form/field";
import type { FormAction } from "@/lib/action";
import type { Day } from "@/lib/clock";

/** Gives every open item without a day its usual one, counted from a first day. */
export function FillPlan({ action, channelId, today }: { action: FormAction; channelId: string; today: Day }) {
  const t = useTranslations("channels");
  return (
    <ConfirmForm
      action={action}
      opener={t("onboarding.fill")}
      title={t("onboarding.fillTitle")}
      submit={t("onboarding.fillAct")}
      hidden={{ channelId }}
      fields={{ startsOn: t("fields.startsOn") }}
    >
      <TextField
        name="startsOn"
        type="date"
        label={t("fields.startsOn")}
        hint={t("hints.startsOn")}
        defaultValue={today}
      />
    </ConfirmForm>
  );
}
