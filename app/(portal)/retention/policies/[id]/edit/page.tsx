import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { PolicyForm } from "@/components/retention/policy-form";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/auth/permissions";
import { policyCode } from "@/lib/retention/rules/policy-content";
import { savePolicyVersionAction } from "../../actions";
import { loadPolicy } from "../policy";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations("retention.policies");
  const { policy } = await loadPolicy((await params).id);
  return { title: `${t("editTitle")} · ${policyCode(policy.number)}` };
}

export default async function EditPolicyPage({ params }: Props) {
  const { actor, policy } = await loadPolicy((await params).id);
  if (!can(actor, "policy:edit")) forbidden();
  const t = await getTranslations("retention");
  const { id, version, scope, content, inForce } = policy;
  return (
    <>
      <PageHeader
        title={t("policies.editTitle")}
        sub={`${policy.name} · ${t("policies.fixed")}`}
        crumbs={[
          { href: "/retention", label: t("title") },
          { href: `/retention/policies/${id}`, label: `${policyCode(policy.number)} ${policy.name}` },
        ]}
      />
      <PolicyForm
        action={savePolicyVersionAction}
        policy={{ id, version, scope, words: content, inForce: inForce?.number ?? null }}
      />
    </>
  );
}
