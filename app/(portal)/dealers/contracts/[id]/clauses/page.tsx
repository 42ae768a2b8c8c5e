import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ClauseForm } from "@/components/dealers/clause-form";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/auth/permissions";
import { setClausesAction } from "../../actions";
import { loadContract } from "../contract";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations("dealers.contracts");
  return { title: `${t("clauses.pageTitle")} · ${(await loadContract((await params).id)).contract.number}` };
}

export default async function ClausesPage({ params }: Props) {
  const { actor, contract } = await loadContract((await params).id);
  if (!can(actor, "contract:edit")) forbidden();
  const t = await getTranslations("dealers.contracts");
  return (
    <>
      <PageHeader
        title={t("clauses.pageTitle")}
        sub={t("clauses.about")}
        crumbs={[
          { href: "/dealers", label: t("title") },
          { href: `/dealers/contracts/${contract.id}`, label: contract.number },
        ]}
      />
      <ClauseForm action={setClausesAction} contract={contract} />
    </>
  );
}
