import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Icon } from "@/components/ui/icon";
import { PasswordField } from "./password-field";

/** PasswordField with its words. `present` asks for the one in use, otherwise for a new one with its rules as hint. */
export function PasswordInput({
  name,
  label,
  present = false,
  beside,
}: {
  name: string;
  label?: string;
  present?: boolean;
  beside?: ReactNode;
}) {
  const t = useTranslations("people");
  return (
    <PasswordField
      name={name}
      label={label ?? t(present ? "password.present" : "password.new")}
      hint={present ? undefined : t("password.hint")}
      beside={beside}
      autoComplete={present ? "current-password" : "new-password"}
      show={t("showPassword")}
      hide={t("hidePassword")}
      eye={<Icon name="eye" />}
    />
  );
}
