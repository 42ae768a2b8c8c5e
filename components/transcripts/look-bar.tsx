import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { ConfirmForm } from "@/components/form/confirm-form";
import { SubmitButton } from "@/components/form/submit-button";
import { Glyph, Status } from "@/components/ui/status";
import type { FormAction } from "@/lib/action";
import { RemainingTime } from "./remaining-time";

type Look = { id: string; purpose: string; mayUnmask: boolean; reason: string; until: Date; unmaskedAt: Date | null };

/** What the look is for, how long it lasts, and its two acts: unmask and close. */
export function LookBar({
  sessionId,
  look,
  mayUnmask,
  actions,
  now,
}: {
  sessionId: string;
  look: Look;
  /** By role. */
  mayUnmask: boolean;
  actions: Record<"unmask" | "close", FormAction>;
  now: Date;
}) {
  const t = useTranslations("transcripts.reading.look");
  const f = useTranslations("form");
  const hidden = { sessionId, lookId: look.id };
  return (
    <section
      className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-2 border border-line bg-canvas px-3 py-2 text-sm"
      aria-label={t("label")}
    >
      <p className="min-w-0 flex-[1_1_220px]">
        <Glyph kind="note" /> <b>{t("purpose")}</b> {look.purpose} · {look.reason}
      </p>
      <RemainingTime until={look.until.toISOString()} now={now.toISOString()} left={t("left", { time: "{time}" })} />
      {look.unmaskedAt ? (
        <Status kind="warn">{t("unmasked")}</Status>
      ) : look.mayUnmask && mayUnmask ? (
        <ConfirmForm
          action={actions.unmask}
          opener={t("unmask")}
          openerSize="sm"
          title={t("unmaskTitle")}
          body={t("unmaskBody")}
          submit={t("unmaskAct")}
          hidden={hidden}
        />
      ) : (
        <span className="text-xs text-fg-3">{t("noUnmask")}</span>
      )}
      <ActionForm action={actions.close} summary={t("closing")} working={f("working")}>
        <input type="hidden" name="sessionId" value={sessionId} />
        <input type="hidden" name="lookId" value={look.id} />
        <SubmitButton variant="default" size="sm">
          {t("close")}
        </SubmitButton>
      </ActionForm>
    </section>
  );
}
