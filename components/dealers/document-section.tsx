import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import type { FormAction } from "@/lib/action";
import type { ContractView } from "@/lib/dealers/rules/contract-view";
import { DocumentTable, type FileCheckView } from "./document-table";

/** The papers of a contract with the button that compares their files. `all` shows older versions too. */
export function DocumentSection({
  contract,
  check,
  all,
  may,
  verify,
  now,
}: {
  contract: Pick<ContractView, "id" | "documents">;
  check: FileCheckView;
  all: boolean;
  may: { upload: boolean; download: boolean };
  /** Null for those who may not compare. */
  verify: FormAction | null;
  now: Date;
}) {
  const t = useTranslations("dealers.contracts.documents");
  const form = useTranslations("form");
  const shown = all ? contract.documents : contract.documents.filter((one) => one.replacedById === null);
  const at = `/dealers/contracts/${contract.id}/documents`;
  return (
    <Section
      title={t("title")}
      count={shown.length}
      note={all ? t("verifyNote") : undefined}
      actions={
        <>
          {verify && shown.length > 0 ? (
            <ActionForm action={verify} summary={t("verify")} working={form("working")}>
              <input type="hidden" name="contractId" value={contract.id} />
              <SubmitButton variant="default" size="sm">
                {t("verify")}
              </SubmitButton>
            </ActionForm>
          ) : null}
          {may.upload ? <Link href={`${at}#upload`}>{t("upload")}</Link> : null}
        </>
      }
    >
      {shown.length > 0 ? (
        <DocumentTable contractId={contract.id} documents={shown} check={check} mayDownload={may.download} now={now} />
      ) : (
        <EmptyState title={t("none")}>{t("noneBody")}</EmptyState>
      )}
    </Section>
  );
}
