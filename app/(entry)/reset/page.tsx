import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { TextField } from "@/components/form/field";
import { EntryForm } from "@/components/people/entry-form";
import { Link } from "@/components/ui/link";
import { requestResetAction } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("people"))("reset.title") };
}

export default async function ResetPage() {
  const t = await getTranslations("people");
  return (
    <>
      <h1>{t("reset.title")}</h1>
      <p className="text-sm text-fg-2">{t("reset.sub")}</p>
      <EntryForm action={requestResetAction} submit={t("reset.submit")}>
        <TextField
          name="email"
          type="email"
          label={t("signIn.email")}
          autoComplete="username"
          autoCapitalize="none"
          maxLength={254}
        />
      </EntryForm>
      <p className="hint mt-4">
        <Link href="/sign-in">{t("signIn.back")}</Link>
      </p>
    </>
  );
}
