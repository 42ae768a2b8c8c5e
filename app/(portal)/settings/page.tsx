import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { FactorNote } from "@/components/people/factor-note";
import { OrganizationForm } from "@/components/people/organization-form";
import { KeyValue } from "@/components/ui/key-value";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { Mono } from "@/components/ui/text";
import { currentActor } from "@/lib/auth/session";
import { env } from "@/lib/env";
import { mailTarget } from "@/lib/mail";
import { countWaitingMail, getOrganization } from "@/lib/people/queries/account";
import { changeOrganizationAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("people"))("settings.title") };
}

export default async function SettingsPage() {
  const actor = await currentActor();
  const t = await getTranslations("people");
  const [organization, waiting] = [await getOrganization(actor), await countWaitingMail(actor)];
  return (
    <>
      <PageHeader title={t("settings.title")} />
      <FactorNote secondFactorNeeded={organization.secondFactorNeeded} withoutFactor={0} toSettings={false} />
      <Section title={t("settings.organization")}>
        <OrganizationForm action={changeOrganizationAction} organization={organization} />
      </Section>
      <Section title={t("settings.system")}>
        <KeyValue
          rows={[
            [t("settings.slug"), <Mono key="slug">{organization.slug}</Mono>],
            [t("settings.address"), <Mono key="address">{env().DAMSO_URL}</Mono>],
            [
              t("settings.mail"),
              `${t(`settings.mailTo.${mailTarget()}`)}. ${t("settings.mailWaiting", { count: waiting })}`,
            ],
            [t("settings.sessions"), t("settings.sessionsRule")],
            [t("settings.auditors"), t("settings.auditorsRule")],
          ]}
        />
      </Section>
    </>
  );
}
