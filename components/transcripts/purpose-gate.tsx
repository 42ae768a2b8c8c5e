import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { RadioGroup, TextField } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import { LinkButton } from "@/components/ui/button";
import type { FormAction } from "@/lib/action";
import { lookMinutes } from "@/lib/transcripts/rules/looks";
import { shortestReason } from "@/lib/transcripts/schema/reading";

const bars = [
  "w-[62%]",
  "w-[38%]",
  "w-[74%]",
  "w-[50%]",
  "w-[68%]",
  "w-[44%]",
  "w-[58%]",
  "w-[70%]",
  "w-[36%]",
] as const;

/** Asks why before anything is fetched (개인정보 안전성 확보조치 기준 제8조): behind it stand bars and nothing else. */
export function PurposeGate({
  sessionId,
  purposes,
  apart,
  address,
  back,
  maySet,
  action,
}: {
  sessionId: string;
  purposes: readonly { id: string; name: string; scope: string }[];
  /** Kept by law alone. */
  apart: boolean;
  /** Where the caller comes from. */
  address: string;
  back: string;
  maySet: boolean;
  action: FormAction;
}) {
  const t = useTranslations("transcripts.reading.gate");
  const f = useTranslations("form");
  return (
    <div className="grid grid-cols-[minmax(0,1fr)]">
      <div className="col-start-1 row-start-1 grid content-start gap-6 py-4 max-desk:hidden" aria-hidden="true">
        {bars.map((bar) => (
          <div key={bar} className="grid grid-cols-[44px_64px_minmax(0,1fr)] gap-4">
            <i className="h-2.5 rounded-1 bg-sunken" />
            <i className="h-2.5 rounded-1 bg-sunken" />
            <i className={`h-2.5 rounded-1 bg-sunken ${bar}`} />
          </div>
        ))}
      </div>
      <section
        className="dialog z-1 col-start-1 row-start-1 my-6 self-start justify-self-center max-desk:my-2"
        aria-labelledby="gate"
      >
        <header>
          <h2 id="gate">{t("title")}</h2>
        </header>
        <div className="in">
          <p className="mb-4 text-sm text-fg-2">{t("body", { minutes: lookMinutes })}</p>
          {purposes.length === 0 ? (
            <>
              <p>{t(apart ? "noneApart" : "none")}</p>
              <div className="dialog-foot">
                <LinkButton href={back}>{t("cancel")}</LinkButton>
                {maySet ? <LinkButton href="/transcripts/purposes">{t("set")}</LinkButton> : null}
              </div>
            </>
          ) : (
            <ActionForm
              action={action}
              summary={t("summary")}
              working={f("working")}
              fields={{ purposeId: t("purpose"), reason: t("reason") }}
            >
              <input type="hidden" name="sessionId" value={sessionId} />
              <RadioGroup
                name="purposeId"
                label={t("purpose")}
                options={purposes.map(({ id, name, scope }) => ({ value: id, label: name, note: scope || undefined }))}
              />
              <TextField
                name="reason"
                label={t("reason")}
                hint={t("reasonHint", { address })}
                minLength={shortestReason}
                maxLength={500}
              />
              <div className="dialog-foot">
                <LinkButton href={back}>{t("cancel")}</LinkButton>
                <SubmitButton>{t("act")}</SubmitButton>
              </div>
            </ActionForm>
          )}
        </div>
      </section>
      <p className="sr-only" role="status">
        {t("hidden")}
      </p>
    </div>
  );
}
