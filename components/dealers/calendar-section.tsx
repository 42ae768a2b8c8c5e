import { useLocale, useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { ConfirmForm } from "@/components/form/confirm-form";
import { SubmitButton } from "@/components/form/submit-button";
import { buttonClass } from "@/components/ui/button-class";
import { Icon } from "@/components/ui/icon";
import { Section } from "@/components/ui/section";
import type { FormAction } from "@/lib/action";
import { fullTime } from "@/lib/clock";
import { ConnectionOnce } from "./connection-once";

/** One's own deadline calendar: its address is made, shown once, changed and closed here. */
export function CalendarSection({
  openedAt,
  actions,
}: {
  /** Since when it is open; null while it is not. */
  openedAt: Date | null;
  actions: { open: FormAction; close: FormAction };
}) {
  const t = useTranslations("dealers.deadlines.calendar");
  const once = useTranslations("dealers.once");
  const f = useTranslations("form");
  const locale = useLocale();
  const words = {
    ...{ title: t("address"), body: t("once"), address: t("address"), secret: "", paths: "" },
    ...{ toConnection: once("toConnection"), copy: f("copy"), copied: f("copied") },
  };
  return (
    <Section title={<span id="calendar">{t("title")}</span>}>
      <p className="mb-2 text-sm text-fg-2">{t("body")}</p>
      <p className="mb-3 text-sm text-fg-2">
        {openedAt ? t("openedAt", { at: fullTime(openedAt, locale) }) : t("none")}
      </p>
      {/* The same place before and after: the form's answer is the only one that knows the address. */}
      <ActionForm action={actions.open} summary={t("title")} working={f("working")}>
        <ConnectionOnce words={words} copyIcon={<Icon name="copy" />}>
          {openedAt ? (
            <details className="confirm">
              <summary className={buttonClass({ size: "sm" })}>{t("renew")}</summary>
              <p className="my-2 text-sm text-fg-2">{t("renewBody")}</p>
              <SubmitButton size="sm">{t("open")}</SubmitButton>
            </details>
          ) : (
            <SubmitButton>{t("open")}</SubmitButton>
          )}
        </ConnectionOnce>
      </ActionForm>
      {openedAt ? (
        <div className="mt-3">
          <ConfirmForm
            action={actions.close}
            opener={t("close")}
            openerSize="sm"
            title={t("closeTitle")}
            body={t("closeBody")}
            submit={t("close")}
            variant="danger"
          />
        </div>
      ) : null}
    </Section>
  );
}
