import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { TextField } from "@/components/form/field";
import { EntryForm } from "@/components/people/entry-form";
import { PasswordInput } from "@/components/people/password-input";
import { Callout } from "@/components/ui/callout";
import { Link } from "@/components/ui/link";
import { doneSentence } from "@/lib/action";
import { currentSignIn, currentVisitor, pendingFactor } from "@/lib/auth/session";
import { safeNext } from "@/lib/people/rules";
import { signInAction } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("people"))("signIn.title") };
}

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function SignInPage({ searchParams }: { searchParams: Search }) {
  const { next, error } = await searchParams;
  const path = safeNext(next);
  const state = await currentSignIn();
  if (state && !pendingFactor(state)) redirect(path);
  const [t, done, { address }] = [await getTranslations("people"), await doneSentence(), await currentVisitor()];
  return (
    <>
      <h1>{t("signIn.title")}</h1>
      {done ? (
        <Callout kind="ok" role="status">
          {done}
        </Callout>
      ) : null}
      {error ? (
        <Callout kind="warn" role="alert">
          {t("signIn.wrong")}
        </Callout>
      ) : null}
      <EntryForm action={signInAction} submit={t("signIn.submit")} next={path}>
        <TextField
          name="email"
          type="email"
          label={t("signIn.email")}
          autoComplete="username"
          autoCapitalize="none"
          maxLength={254}
        />
        <PasswordInput
          name="password"
          label={t("signIn.password")}
          present
          beside={<Link href="/reset">{t("signIn.forgot")}</Link>}
        />
      </EntryForm>
      <p className="hint mt-4">{t("signIn.note", { address })}</p>
      <p className="hint">{t("signIn.invited")}</p>
    </>
  );
}
