import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ContractForm } from "@/components/dealers/contract-form";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/auth/permissions";
import { editContractAction } from "../../actions";
import { loadContract } from "../contract";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations("dealers.contracts");
  return { title: `${t("editTitle")} · ${(await loadContract((await params).id)).contract.number}` };
}

export default async function EditContractPage({ params }: Props) {
  const { actor, contract } = await loadContract((await params).id);
  if (!can(actor, "contract:edit")) forbidden();
  const t = await getTranslations("dealers.contracts");
  return (
    <>
      <PageHeader
        title={t("editTitle")}
        sub={t("draftNote")}
        crumbs={[
          { href: "/dealers", label: t("title") },
          { href: `/dealers/contracts/${contract.id}`, label: contract.number },
        ]}
      />
      <ContractForm action={editContractAction} contract={contract} />
    </>
  );
}
