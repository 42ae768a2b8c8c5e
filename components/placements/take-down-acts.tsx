import { useTranslations } from "next-intl";
import { ConfirmForm } from "@/components/form/confirm-form";
import { TextField } from "@/components/form/field";
import type { FormAction } from "@/lib/action";
import { takeDownStatus } from "@/lib/placements/rules/take-down";
import type { TakeDownDetail } from "@/lib/placements/schema/take-down";

/** What can be done with a whole campaign. */
export function TakeDownActs({
  campaign,
  now,
  may,
  actions,
}: {
  campaign: TakeDownDetail;
  now: Date;
  may: { close: boolean; reinstate: boolean };
  actions: { complete: FormAction; recheck: FormAction; reinstate: FormAction; remind: FormAction };
}) {
  const t = useTranslations("placements.takeDown");
  const state = takeDownStatus(campaign, now);
  const hidden = { takeDownId: campaign.id };
  const owed = state === "ahead" || state === "running";
  const pages = campaign.progress.some(({ kind, closed, total }) => kind === "web" && closed < total);
  return (
    <div className="flex flex-wrap gap-2">
      {may.reinstate && campaign.cause === "hand" && campaign.over === null ? (
        <ConfirmForm
          action={actions.reinstate}
          opener={t("reinstate")}
          title={t("reinstateQuestion")}
          body={t("reinstateBody")}
          submit={t("reinstate")}
          variant="danger"
          hidden={hidden}
          fields={{ note: t("reason") }}
        >
          <TextField name="note" label={t("reason")} maxLength={300} />
        </ConfirmForm>
      ) : null}
      {may.close && state === "running" && pages ? (
        <ConfirmForm
          action={actions.recheck}
          opener={t("recheck")}
          title={t("recheckQuestion")}
          body={t("recheckBody")}
          submit={t("recheck")}
          hidden={hidden}
        />
      ) : null}
      {may.close && owed && campaign.closed < campaign.total ? (
        <ConfirmForm
          action={actions.remind}
          opener={t("remind")}
          title={t("remindQuestion")}
          body={t("remindBody")}
          submit={t("remind")}
          hidden={hidden}
        />
      ) : null}
      {may.close && state === "closing" ? (
        <ConfirmForm
          action={actions.complete}
          opener={t("complete")}
          openerVariant="primary"
          title={t("completeQuestion")}
          body={t("completeBody")}
          submit={t("complete")}
          hidden={hidden}
        />
      ) : null}
    </div>
  );
}
