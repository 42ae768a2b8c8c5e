import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ConsentForm } from "@/components/privacy/consent-form";
import { PageHeader } from "@/components/ui/page-header";
import { currentActor } from "@/lib/auth/session";
import { listChannelChoices } from "@/lib/privacy/queries/privacy-channels";
import { draftConsentFormAction } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("privacy.consents"))("new") };
}

export default async function NewConsentPage() {
  const actor = await currentActor();
  const channels = await listChannelChoices(actor, "consent-form:edit");
  const t = await getTranslations("privacy.consents");
  return (
    <>
      <PageHeader title={t("new")} sub={t("newAbout")} crumbs={[{ href: "/privacy/consents", label: t("title") }]} />
      <ConsentForm action={draftConsentFormAction} channels={channels} />
    </>
  );
}
