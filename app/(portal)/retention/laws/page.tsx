import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { LawList } from "@/components/retention/law-list";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { listPolicyBases } from "@/lib/retention/queries/policy-bases";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("retention.laws"))("title") };
}

export default async function LawsPage() {
  const actor = await currentActor();
  if (!can(actor, "policy:read")) forbidden();
  const t = await getTranslations("retention");
  return (
    <>
      <PageHeader title={t("laws.title")} sub={t("laws.about")} crumbs={[{ href: "/retention", label: t("title") }]} />
      <LawList used={await listPolicyBases(actor)} />
    </>
  );
}
