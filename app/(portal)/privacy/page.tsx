import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { FindingList } from "@/components/privacy/finding-list";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { currentActor } from "@/lib/auth/session";
import { getFindings } from "@/lib/privacy/queries/get-findings";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("privacy.findings"))("title") };
}

/** What users are told, held against what is decided: one list, with reasons, owners and the way to mend it. */
export default async function FindingsPage() {
  const actor = await currentActor();
  const findings = await getFindings(actor, new Date());
  const t = await getTranslations("privacy.findings");
  return (
    <>
      <PageHeader
        title={t("title")}
        sub={t("about")}
        actions={
          <>
            <LinkButton href="/privacy/notices">{t("places.notice")}</LinkButton>
            <LinkButton href="/privacy/consents">{t("places.consent")}</LinkButton>
            <LinkButton href="/privacy/consignees">{t("places.consignees")}</LinkButton>
          </>
        }
      />
      {findings.length === 0 ? (
        <EmptyState title={t("none")}>{t("noneText")}</EmptyState>
      ) : (
        <FindingList findings={findings} />
      )}
    </>
  );
}
