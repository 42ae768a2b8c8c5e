import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { PolicyForm } from "@/components/retention/policy-form";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { listCoverableChannels } from "@/lib/retention/queries/policy-channels";
import { draftPolicyAction } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("retention.policies"))("newTitle") };
}

export default async function NewPolicyPage() {
  const actor = await currentActor();
  if (!can(actor, "policy:edit")) forbidden();
  const t = await getTranslations("retention");
  return (
    <>
      <PageHeader
        title={t("policies.newTitle")}
        sub={t("policies.about")}
        crumbs={[
          { href: "/retention", label: t("title") },
          { href: "/retention/policies", label: t("tabs.policies") },
        ]}
      />
      <PolicyForm action={draftPolicyAction} channels={await listCoverableChannels(actor)} />
    </>
  );
}
