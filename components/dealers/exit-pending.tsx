import { useLocale, useTranslations } from "next-intl";
import { ConfirmForm } from "@/components/form/confirm-form";
import { TextArea } from "@/components/form/text-area";
import { Callout } from "@/components/ui/callout";
import type { FormAction } from "@/lib/action";
import { dayAndTime, dayWithWeekday } from "@/lib/clock";
import { endingChannels } from "@/lib/dealers/rules/exit";
import type { ExitView } from "@/lib/dealers/rules/exit-view";

/** What was asked and waits: to be agreed to or declined by another person, or withdrawn. */
export function ExitPending({
  contract,
  pending: { ending, digest, channels },
  viewer,
  now,
  actions,
}: {
  contract: { number: string; service: boolean };
  pending: NonNullable<ExitView["pending"]>;
  viewer: { mayAgree: boolean; mayWithdraw: boolean; asked: boolean };
  now: Date;
  actions: Record<"agree" | "decline" | "withdraw", FormAction>;
}) {
  const t = useTranslations("dealers.exit");
  const form = useTranslations("form");
  const locale = useLocale();
  const day = ending.endsOn ? dayWithWeekday(ending.endsOn, locale, now) : "";
  const agrees = viewer.mayAgree && !viewer.asked;
  const end = ending.kind === "end";
  const affected = endingChannels({ service: contract.service, channels });
  const placements = affected.reduce((sum, channel) => sum + channel.placements, 0);
  const effect = end
    ? affected.length > 0
      ? t("pending.endEffect", { channels: affected.length, day, placements })
      : t("pending.endNoEffect")
    : t("pending.reinstateEffect", { channels: affected.length });
  const title = agrees
    ? t(end ? "pending.end" : "pending.reinstate", { day })
    : t(end ? "pending.waitingEnd" : "pending.waitingReinstate", { day });
  const words = {
    agree: t(end ? "pending.agreeEndQuestion" : "pending.agreeReinstateQuestion", { number: contract.number, day }),
  };
  return (
    <div className="mb-5">
      <Callout kind="waiting" title={title}>
        <p>{t("pending.asked", { name: ending.by, at: dayAndTime(ending.at, locale, now) })}</p>
        <p>{t("pending.reason", { reason: ending.reason })}</p>
        <p>{effect}</p>
        {affected.length > 0 ? <p className="hint">{affected.map(({ name }) => name).join(", ")}</p> : null}
        {agrees ? null : <p className="hint">{t(viewer.asked ? "pending.own" : "pending.officer")}</p>}
        <div className="mt-3 flex flex-wrap gap-2">
          {agrees ? (
            <>
              <ConfirmForm
                action={actions.agree}
                opener={t("pending.agree")}
                openerVariant="primary"
                openerSize="sm"
                title={words.agree}
                body={effect}
                submit={t("pending.agree")}
                variant={end ? "danger" : "primary"}
                hidden={{ endingId: ending.id, digest }}
                fields={{ note: t("pending.note") }}
              >
                <TextArea name="note" label={t("pending.note")} optional={form("optional")} limit={500} rows={2} />
              </ConfirmForm>
              <ConfirmForm
                action={actions.decline}
                opener={t("pending.decline")}
                openerSize="sm"
                title={t("pending.declineQuestion")}
                submit={t("pending.decline")}
                hidden={{ endingId: ending.id }}
                fields={{ note: t("pending.noteReason") }}
              >
                <TextArea
                  name="note"
                  label={t("pending.noteReason")}
                  hint={t("pending.noteHint")}
                  limit={500}
                  rows={2}
                />
              </ConfirmForm>
            </>
          ) : null}
          {viewer.mayWithdraw ? (
            <ConfirmForm
              action={actions.withdraw}
              opener={t("pending.withdraw")}
              openerSize="sm"
              title={t("pending.withdrawQuestion")}
              body={t("pending.withdrawBody")}
              submit={t("pending.withdraw")}
              hidden={{ endingId: ending.id }}
            />
          ) : null}
        </div>
      </Callout>
    </div>
  );
}
