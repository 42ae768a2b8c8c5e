import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { FactorEnrollForm } from "@/components/people/factor-enroll-form";
import { Button } from "@/components/ui/button";
import { currentSignIn, pendingFactor } from "@/lib/auth/session";
import { factorOffer } from "@/lib/people/commands/enroll-factor";
import { safeNext } from "@/lib/people/rules";
import { otpauthUri } from "@/lib/totp";
import { enrollFactorAction, leaveEntryAction } from "../../actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("people"))("enroll.title") };
}

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function EnrollPage({ searchParams }: { searchParams: Search }) {
  const next = safeNext((await searchParams).next);
  const state = await currentSignIn();
  if (!state) redirect("/sign-in");
  if (pendingFactor(state) !== "enroll") redirect(next);
  const t = await getTranslations("people");
  const secret = factorOffer(state);
  return (
    <>
      <h1>{t("enroll.title")}</h1>
      <p className="mb-4 text-sm text-fg-2">{t("enroll.sub")}</p>
      <FactorEnrollForm action={enrollFactorAction} secret={secret} uri={otpauthUri(secret, state.email)} />
      <form action={leaveEntryAction} className="mt-3">
        <Button type="submit" variant="ghost" size="sm">
          {t("signIn.other")}
        </Button>
      </form>
    </>
  );
}
