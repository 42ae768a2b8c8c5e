import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { TextField } from "@/components/form/field";
import { EntryForm } from "@/components/people/entry-form";
import { Button } from "@/components/ui/button";
import { currentSignIn, pendingFactor } from "@/lib/auth/session";
import { safeNext } from "@/lib/people/rules";
import { giveFactorAction, leaveEntryAction } from "../../actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("people"))("code.title") };
}

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function CodePage({ searchParams }: { searchParams: Search }) {
  const next = safeNext((await searchParams).next);
  const state = await currentSignIn();
  if (!state) redirect("/sign-in");
  if (pendingFactor(state) !== "code") redirect(next);
  const t = await getTranslations("people");
  return (
    <>
      <h1>{t("code.title")}</h1>
      <p className="text-sm text-fg-2">{t("code.sub", { email: state.email })}</p>
      <EntryForm action={giveFactorAction} submit={t("code.submit")} next={next}>
        <TextField
          name="code"
          label={t("code.label")}
          hint={t("code.hint")}
          autoComplete="one-time-code"
          autoCapitalize="none"
          maxLength={30}
        />
      </EntryForm>
      <form action={leaveEntryAction} className="mt-3">
        <Button type="submit" variant="ghost" size="sm">
          {t("signIn.other")}
        </Button>
      </form>
    </>
  );
}
