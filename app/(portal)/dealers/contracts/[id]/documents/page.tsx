import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { ContractHeader } from "@/components/dealers/contract-header";
import { ContractNotice } from "@/components/dealers/contract-notice";
import { DocumentSection } from "@/components/dealers/document-section";
import { DocumentUpload } from "@/components/dealers/document-upload";
import { Callout } from "@/components/ui/callout";
import { can } from "@/lib/auth/permissions";
import { getFileCheck } from "@/lib/dealers/queries/contract-files";
import type { Locale } from "@/lib/locale";
import { hasSentence, sentence } from "@/lib/messages";
import { verifyContractAction } from "../../actions";
import { loadContract } from "../contract";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ refused?: string | string[]; changed?: string | string[] }>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations("dealers.contracts");
  return { title: `${t("documents.title")} · ${(await loadContract((await params).id)).contract.number}` };
}

export default async function ContractDocumentsPage({ params, searchParams }: Props) {
  const { actor, contract, now } = await loadContract((await params).id);
  const { refused, changed } = await searchParams;
  const [t, locale] = await Promise.all([getTranslations("dealers.contracts.documents"), getLocale()]);
  const may = { upload: can(actor, "contract:upload"), download: can(actor, "contract:download") };
  return (
    <>
      <ContractHeader contract={contract} tab="documents" history={can(actor, "audit:read")} />
      {changed ? (
        <Callout kind="bad" role="alert" title={t("changedTitle")}>
          {t("changed")}
        </Callout>
      ) : null}
      <ContractNotice contract={contract} />
      <DocumentSection
        contract={contract}
        check={await getFileCheck(actor, contract.id)}
        all
        may={may}
        verify={can(actor, "file:verify") ? verifyContractAction : null}
        now={now}
      />
      {may.upload ? (
        <DocumentUpload
          contractId={contract.id}
          documents={contract.documents}
          refused={typeof refused === "string" ? refusalSentence(refused, locale) : null}
        />
      ) : null}
    </>
  );
}

/** The sentence of an upload's refusal, by its code in the address; nothing for a code that is none of ours. */
function refusalSentence(code: string, locale: Locale): string | null {
  if (!/^[A-Za-z-]{1,40}$/.test(code)) return null;
  const key = ["dealers.contracts.documents.refusal", "channels.file", "dealers.contracts.refused"]
    .map((group) => `${group}.${code}`)
    .find((one) => hasSentence(one, locale));
  return key ? sentence(key, locale, { most: 400 }) : null;
}
