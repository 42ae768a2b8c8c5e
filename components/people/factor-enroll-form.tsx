import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { TextField } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import { CopyButton } from "@/components/ui/copy-button";
import { Icon } from "@/components/ui/icon";
import { Mono } from "@/components/ui/text";
import type { FormAction } from "@/lib/action";
import { FactorQr } from "./factor-qr";
import { ProofField } from "./proof-field";

/** Two steps on one page: scan, then the first code. `proof` asks for the password as well. */
export function FactorEnrollForm({
  action,
  secret,
  uri,
  next,
  proof = false,
}: {
  action: FormAction;
  secret: string;
  uri: string;
  next?: string;
  proof?: boolean;
}) {
  const t = useTranslations("people.enroll");
  const form = useTranslations("form");
  return (
    <ActionForm action={action} summary={t("check")} working={form("working")} fields={{ code: t("code") }}>
      <ol className="mb-4 grid gap-4 text-sm">
        <li>
          <p className="mb-2">1. {t("step1")}</p>
          <FactorQr uri={uri} label={t("qr")} />
          <p className="hint mt-2">{t("secret")}</p>
          <p className="flex flex-wrap items-center gap-2">
            <Mono>{secret.match(/.{1,4}/g)?.join(" ")}</Mono>
            <CopyButton text={secret} label={t("copy")} done={form("copied")} icon={<Icon name="copy" />} small />
          </p>
        </li>
        <li>2. {t("step2")}</li>
      </ol>
      <TextField name="code" label={t("code")} inputMode="numeric" autoComplete="one-time-code" maxLength={12} />
      {proof ? <ProofField byCode={false} /> : null}
      {next ? <input type="hidden" name="next" value={next} /> : null}
      <div className="form-foot">
        <SubmitButton full>{t("submit")}</SubmitButton>
      </div>
    </ActionForm>
  );
}
