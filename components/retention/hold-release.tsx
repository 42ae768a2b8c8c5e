import { useLocale, useTranslations } from "next-intl";
import { ConfirmForm } from "@/components/form/confirm-form";
import { TextArea } from "@/components/form/text-area";
import { Callout } from "@/components/ui/callout";
import { Hash } from "@/components/ui/text";
import type { FormAction } from "@/lib/action";
import { dayAndTime } from "@/lib/clock";

type Release = {
  id: string;
  reason: string;
  hash: string;
  requestedByName: string;
  requestedAt: Date;
  /** The hold was changed since. */
  void: boolean;
};

/** A release that waits: agreed to or declined by another person than asked, or withdrawn. */
export function HoldRelease({
  release,
  viewer,
  now,
  actions,
}: {
  release: Release;
  viewer: { mayDecide: boolean; mayWithdraw: boolean; asked: boolean };
  now: Date;
  actions: Record<"approve" | "decline" | "withdraw", FormAction>;
}) {
  const t = useTranslations("retention.holds.release");
  const form = useTranslations("form");
  const locale = useLocale();
  const decides = viewer.mayDecide && !viewer.asked;
  const hidden = { releaseId: release.id, hash: release.hash };
  return (
    <Callout kind="waiting" title={t(decides ? "decide" : "waiting")}>
      <p>{t("asked", { name: release.requestedByName, at: dayAndTime(release.requestedAt, locale, now) })}</p>
      <p>{t("reasonLine", { reason: release.reason })}</p>
      <p className="hint">
        <Hash value={release.hash} head={8} tail={8} />
      </p>
      {release.void ? <p>{t("void")}</p> : null}
      {decides ? null : <p className="hint">{t(viewer.asked ? "own" : "second")}</p>}
      <div className="mt-3 flex flex-wrap gap-2">
        {decides && !release.void ? (
          <ConfirmForm
            action={actions.approve}
            opener={t("approve")}
            openerVariant="primary"
            openerSize="sm"
            title={t("approveQuestion")}
            body={t("approveBody")}
            submit={t("approve")}
            hidden={hidden}
            fields={{ note: t("note") }}
          >
            <TextArea name="note" label={t("note")} optional={form("optional")} limit={500} rows={2} />
          </ConfirmForm>
        ) : null}
        {decides ? (
          <ConfirmForm
            action={actions.decline}
            opener={t("decline")}
            openerSize="sm"
            title={t("declineQuestion")}
            submit={t("decline")}
            hidden={hidden}
            fields={{ note: t("noteReason") }}
          >
            <TextArea name="note" label={t("noteReason")} limit={500} rows={2} />
          </ConfirmForm>
        ) : null}
        {viewer.mayWithdraw ? (
          <ConfirmForm
            action={actions.withdraw}
            opener={t("withdraw")}
            openerSize="sm"
            title={t("withdrawQuestion")}
            submit={t("withdraw")}
            hidden={{ releaseId: release.id }}
          />
        ) : null}
      </div>
    </Callout>
  );
}
