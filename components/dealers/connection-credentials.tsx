import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { TextArea } from "@/components/form/text-area";
import { buttonClass } from "@/components/ui/button-class";
import { Section } from "@/components/ui/section";
import type { FormAction } from "@/lib/action";
import { OnceMade } from "./once-made";

/** Changes the hook address; a details element asks first, with or without script. */
export function ConnectionAddress({ connectionId, action }: { connectionId: string; action: FormAction }) {
  const t = useTranslations("dealers");
  return (
    <Section title={t("address.title")}>
      <p className="mb-2 text-sm text-fg-2">{t("address.body")}</p>
      <Rotation connectionId={connectionId} action={action} opener={t("address.rotate")} submit={t("address.submit")} />
    </Section>
  );
}

/** Signatures of the canonical format: whether they are asked for, and a new secret. */
export function ConnectionSecret({
  connectionId,
  action,
  signed,
}: {
  connectionId: string;
  action: FormAction;
  signed: boolean;
}) {
  const t = useTranslations("dealers");
  return (
    <Section title={t("secret.title")}>
      <p className="mb-2 text-sm text-fg-2">
        {signed ? t("secret.on") : t("secret.off")} {t("secret.headers")}
      </p>
      <Rotation
        connectionId={connectionId}
        action={action}
        opener={signed ? t("secret.rotate") : t("secret.make")}
        submit={t("secret.submit")}
      />
    </Section>
  );
}

function Rotation({
  connectionId,
  action,
  opener,
  submit,
}: {
  connectionId: string;
  action: FormAction;
  opener: string;
  submit: string;
}) {
  const f = useTranslations("form");
  return (
    <ActionForm action={action} summary={opener} working={f("working")}>
      <input type="hidden" name="connectionId" value={connectionId} />
      <OnceMade>
        <details className="confirm">
          <summary className={buttonClass({ size: "sm" })}>{opener}</summary>
          <div className="mt-2">
            <SubmitButton size="sm">{submit}</SubmitButton>
          </div>
        </details>
      </OnceMade>
    </ActionForm>
  );
}

/** Who may call. */
export function ConnectionAllowed({
  connection,
  action,
}: {
  connection: { id: string; version: number; allowedFrom: readonly string[] };
  action: FormAction;
}) {
  const t = useTranslations("dealers");
  const f = useTranslations("form");
  return (
    <Section title={t("allowed.title")}>
      <ActionForm
        action={action}
        summary={t("new.check")}
        working={f("working")}
        fields={{ allowedFrom: t("field.allowedFrom") }}
        className="max-w-140"
      >
        <input type="hidden" name="connectionId" value={connection.id} />
        <input type="hidden" name="version" value={connection.version} />
        <TextArea
          name="allowedFrom"
          label={t("field.allowedFrom")}
          hint={t("field.allowedFromHint")}
          optional={f("optional")}
          maxLength={2_000}
          defaultValue={connection.allowedFrom.join("\n")}
        />
        <SubmitButton size="sm" variant="default">
          {t("allowed.save")}
        </SubmitButton>
      </ActionForm>
    </Section>
  );
}
