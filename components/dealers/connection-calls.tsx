import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { ConfirmForm } from "@/components/form/confirm-form";
import { TextField } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import { Section } from "@/components/ui/section";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import type { FormAction } from "@/lib/action";
import type { CallableFormat } from "@/lib/dealers/schema/access";

/** Whether the portal may call the dealer, with which key; the key itself is never shown again. */
export function ConnectionCalls({
  connectionId,
  format,
  documented,
  access,
  openAction,
  tryAction,
  closeAction,
  now,
}: {
  connectionId: string;
  format: CallableFormat;
  /** Where the dealer's documents say its service is. */
  documented: string;
  access: { address: string; at: Date; personName: string } | null;
  openAction: FormAction;
  tryAction: FormAction;
  closeAction: FormAction;
  now: Date;
}) {
  const t = useTranslations("dealers.access");
  const f = useTranslations("form");
  const hidden = <input type="hidden" name="connectionId" value={connectionId} />;
  return (
    <Section title={t("title")}>
      <p className="mb-3 text-sm text-fg-2">{t("about")}</p>
      {access ? (
        <>
          <p className="mb-3">
            <Status kind="ok">{t("open")}</Status>{" "}
            <span className="text-sm text-fg-2">
              <code className="font-mono">{access.address || documented}</code> · {access.personName} ·{" "}
              <Time at={access.at} now={now} />
            </span>
          </p>
          <div className="mb-5 flex flex-wrap gap-2">
            <ActionForm action={tryAction} summary={t("try")} working={f("working")}>
              {hidden}
              <SubmitButton size="sm" variant="default">
                {t("try")}
              </SubmitButton>
            </ActionForm>
            <ConfirmForm
              action={closeAction}
              opener={t("close")}
              openerSize="sm"
              title={t("closeTitle")}
              body={t("closeBody")}
              submit={t("close")}
              variant="danger"
              hidden={{ connectionId }}
            />
          </div>
        </>
      ) : (
        <p className="mb-3">
          <Status kind="off">{t("none")}</Status>
        </p>
      )}
      <ActionForm
        action={openAction}
        summary={t("check")}
        working={f("working")}
        fields={{ address: t("field.address"), clientId: t("field.clientId"), key: t(`field.key.${format}`) }}
        className="max-w-140"
      >
        {hidden}
        <TextField
          name="address"
          label={t("field.address")}
          hint={t("field.addressHint", { address: documented })}
          optional={f("optional")}
          inputMode="url"
          autoComplete="off"
        />
        {format === "happytalk" ? <TextField name="clientId" label={t("field.clientId")} autoComplete="off" /> : null}
        <TextField name="key" type="password" label={t(`field.key.${format}`)} autoComplete="off" />
        <SubmitButton size="sm" variant="default">
          {access ? t("replace") : t("allow")}
        </SubmitButton>
      </ActionForm>
    </Section>
  );
}
