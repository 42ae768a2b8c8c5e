import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { PageHeader } from "@/components/ui/page-header";
import { Tabs } from "@/components/ui/tabs";
import { fullDay } from "@/lib/clock";
import { dealerBySlug, directorySource } from "@/lib/dealers/directory";
import type { ContractView } from "@/lib/dealers/rules/contract-view";
import { ContractStatus } from "./contract-status";

export type ContractTab = "overview" | "documents" | "channels" | "consignees" | "exit" | "history" | null;

/** Identity of a contract and its parts; the same on each of its pages. `pills` stand beside the state, `here` names a page below a tab. */
export function ContractHeader({
  contract,
  tab,
  history,
  pills,
  actions,
  here,
}: {
  contract: Pick<ContractView, "id" | "number" | "title" | "dealer" | "state" | "documents" | "channels">;
  tab: ContractTab;
  /** Whether the viewer may read the audit log. */
  history: boolean;
  pills?: ReactNode;
  actions?: ReactNode;
  here?: string;
}) {
  const t = useTranslations("dealers.contracts");
  const locale = useLocale();
  const at = `/dealers/contracts/${contract.id}`;
  const dealer = dealerBySlug(contract.dealer);
  const day = fullDay(directorySource.checkedOn, locale);
  const crumbs = [{ href: "/dealers", label: t("title") }];
  const newest = contract.documents.filter((document) => document.replacedById === null);
  return (
    <>
      <PageHeader
        title={dealer?.name ?? contract.dealer}
        crumbs={here ? [...crumbs, { href: at, label: contract.number }] : crumbs}
        here={here ?? contract.number}
        status={
          <>
            <ContractStatus state={contract.state} pill />
            {pills}
          </>
        }
        sub={[
          contract.number,
          contract.title,
          ...(dealer ? [t("directoryChecked", { phone: dealer.phone, day })] : []),
        ].join(" · ")}
        actions={actions}
      />
      <Tabs
        label={t("tabs.contract")}
        tabs={[
          { href: at, label: t("tabs.overview"), current: tab === "overview" },
          { href: `${at}/documents`, label: t("tabs.documents"), count: newest.length, current: tab === "documents" },
          {
            href: `${at}/channels`,
            label: t("tabs.channels"),
            count: contract.channels.length,
            current: tab === "channels",
          },
          { href: `${at}/consignees`, label: t("tabs.consignees"), current: tab === "consignees" },
          { href: `${at}/exit`, label: t("tabs.exit"), current: tab === "exit" },
          ...(history ? [{ href: `${at}/history`, label: t("tabs.history"), current: tab === "history" }] : []),
        ]}
      />
    </>
  );
}
