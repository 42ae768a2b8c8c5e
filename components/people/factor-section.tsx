import { useLocale, useTranslations } from "next-intl";
import { ConfirmForm } from "@/components/form/confirm-form";
import { Section } from "@/components/ui/section";
import { Status } from "@/components/ui/status";
import type { FormAction } from "@/lib/action";
import { fullTime } from "@/lib/clock";
import { FactorEnrollForm } from "./factor-enroll-form";
import { ProofField } from "./proof-field";

type Actions = { enroll: FormAction; renew: FormAction; remove: FormAction };

/** The own second factor: enroll, new recovery codes, off. */
export function FactorSection({
  confirmedAt,
  codesLeft,
  obligatory,
  offer,
  actions,
}: {
  confirmedAt: Date | null;
  codesLeft: number;
  obligatory: boolean;
  offer: { secret: string; uri: string };
  actions: Actions;
}) {
  const [t, p, locale] = [useTranslations("people.account"), useTranslations("people"), useLocale()];
  if (!confirmedAt) {
    return (
      <Section title={t("factorTitle")}>
        <p className="mb-3 text-sm">
          <Status kind="off">{p("factorOff")}</Status> {t("factorOff")}
        </p>
        <details className="max-w-md">
          <summary className="btn">{t("enroll")}</summary>
          <div className="mt-4">
            <FactorEnrollForm action={actions.enroll} {...offer} proof />
          </div>
        </details>
      </Section>
    );
  }
  return (
    <Section title={t("factorTitle")}>
      <p className="mb-3 text-sm">
        <Status kind="ok">{p("factorOn")}</Status>{" "}
        {t("factorOn", { time: fullTime(confirmedAt, locale), count: codesLeft })}
      </p>
      <div className="flex flex-wrap gap-2">
        <ConfirmForm
          action={actions.renew}
          opener={t("renewCodes")}
          title={t("renewTitle")}
          body={t("renewBody")}
          submit={t("renewCodes")}
        >
          <ProofField byCode />
        </ConfirmForm>
        {obligatory ? null : (
          <ConfirmForm
            action={actions.remove}
            opener={t("removeFactor")}
            title={t("removeTitle")}
            body={t("removeBody")}
            submit={t("removeFactor")}
            variant="danger"
          >
            <ProofField byCode />
          </ConfirmForm>
        )}
      </div>
      {obligatory ? <p className="hint">{t("factorNeeded")}</p> : null}
    </Section>
  );
}
