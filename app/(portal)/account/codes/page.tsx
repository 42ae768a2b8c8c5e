import type { Metadata } from "next";
import { cookies } from "next/headers";
import { getTranslations } from "next-intl/server";
import { shownRecoveryCodes } from "@/app/(entry)/recovery-codes";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { RecoveryCodeList } from "@/components/people/recovery-code-list";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { currentActor } from "@/lib/auth/session";
import { keptCodesAction } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("people"))("codes.title") };
}

export default async function CodesPage() {
  await currentActor();
  const [t, form] = [await getTranslations("people"), await getTranslations("form")];
  const codes = shownRecoveryCodes((await cookies()).get("damso-codes")?.value);
  return (
    <>
      <PageHeader title={t("codes.title")} crumbs={[{ href: "/account", label: t("account.title") }]} />
      {codes.length > 0 ? (
        <>
          <RecoveryCodeList codes={codes} />
          <ActionForm
            action={keptCodesAction}
            summary={t("codes.title")}
            working={form("working")}
            className="form-foot"
          >
            <SubmitButton>{t("codes.done")}</SubmitButton>
          </ActionForm>
        </>
      ) : (
        <EmptyState title={t("codes.title")}>{t("codes.gone")}</EmptyState>
      )}
    </>
  );
}
