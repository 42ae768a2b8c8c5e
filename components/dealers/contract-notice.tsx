import { useTranslations } from "next-intl";
import { LinkButton } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import type { ContractView } from "@/lib/dealers/rules/contract-view";

/** Says that what is shown is not approved, and where that is decided. Nothing for an approved contract. */
export function ContractNotice({
  contract,
}: {
  contract: Pick<ContractView, "id" | "approval" | "approved" | "version" | "steps">;
}) {
  const t = useTranslations("dealers.contracts.notice");
  const { approval, approved, version } = contract;
  const number = version;
  const link = (
    <LinkButton size="sm" href={`/dealers/contracts/${contract.id}/approval`}>
      {t("link")}
    </LinkButton>
  );
  switch (approval) {
    case "approved":
      return null;
    case "draft":
      return (
        <Callout
          kind="waiting"
          title={approved ? t("draftAfter", { approved: approved.number }) : t("draft", { number })}
          actions={link}
        >
          {t("draftBody")}
        </Callout>
      );
    case "submitted":
      return (
        <Callout kind="waiting" title={t("submitted", { number })} actions={link}>
          {t("submittedBody")}
        </Callout>
      );
    case "rejected":
      return (
        <Callout kind="bad" title={t("rejected", { number })} actions={link}>
          {t("rejectedBody", { note: contract.steps[0]?.note ?? "" })}
        </Callout>
      );
  }
}
