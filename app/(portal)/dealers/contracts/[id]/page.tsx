import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClauseTable } from "@/components/dealers/clause-table";
import { ContractHeader } from "@/components/dealers/contract-header";
import { ContractNotice } from "@/components/dealers/contract-notice";
import { ContractProfile } from "@/components/dealers/contract-value";
import { DocumentSection } from "@/components/dealers/document-section";
import { LinkButton } from "@/components/ui/button";
import { can } from "@/lib/auth/permissions";
import { getFileCheck } from "@/lib/dealers/queries/contract-files";
import { verifyContractAction } from "../actions";
import { loadContract } from "./contract";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { contract } = await loadContract((await params).id);
  return { title: `${contract.dealerName} ${contract.number}` };
}

export default async function ContractPage({ params }: Props) {
  const { actor, contract, now } = await loadContract((await params).id);
  const t = await getTranslations("dealers.contracts");
  const mayEdit = can(actor, "contract:edit");
  const at = `/dealers/contracts/${contract.id}`;
  return (
    <>
      <ContractHeader
        contract={contract}
        tab="overview"
        history={can(actor, "audit:read")}
        actions={mayEdit ? <LinkButton href={`${at}/edit`}>{t("edit")}</LinkButton> : null}
      />
      <ContractNotice contract={contract} />
      <ClauseTable contract={contract} mayEdit={mayEdit} />
      <DocumentSection
        contract={contract}
        check={await getFileCheck(actor, contract.id)}
        all={false}
        may={{ upload: can(actor, "contract:upload"), download: can(actor, "contract:download") }}
        verify={can(actor, "file:verify") ? verifyContractAction : null}
        now={now}
      />
      <ContractProfile contract={contract} />
    </>
  );
}
