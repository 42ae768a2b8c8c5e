import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ContractForm } from "@/components/dealers/contract-form";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { getOwnCompany } from "@/lib/dealers/queries/own-company";
import { createContractAction } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("dealers.contracts"))("newTitle") };
}

export default async function NewContractPage() {
  const actor = await currentActor();
  if (!can(actor, "contract:edit")) forbidden();
  const t = await getTranslations("dealers.contracts");
  return (
    <>
      <PageHeader title={t("newTitle")} sub={t("newAbout")} crumbs={[{ href: "/dealers", label: t("title") }]} />
      <ContractForm action={createContractAction} consignor={await getOwnCompany(actor)} />
    </>
  );
}
