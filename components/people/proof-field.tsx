import { useTranslations } from "next-intl";
import { TextField } from "@/components/form/field";
import { PasswordInput } from "./password-input";

/** Asks again who it is: for a code where there is a second factor, else for the password. */
export function ProofField({ byCode }: { byCode: boolean }) {
  const t = useTranslations("people");
  if (!byCode) return <PasswordInput name="proofPassword" label={t("proof.password")} present />;
  return <TextField name="proofPassword" label={t("proof.code")} autoComplete="one-time-code" maxLength={30} />;
}
