import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClauseTable } from "@/components/dealers/clause-table";
import { ConsigneeTable } from "@/components/dealers/consignee-table";
import { ContractHeader } from "@/components/dealers/contract-header";
import { ContractNotice } from "@/components/dealers/contract-notice";
import { ContractProfile } from "@/components/dealers/contract-value";
import { DocumentSection } from "@/components/dealers/document-section";
import { ReconsignmentPanel } from "@/components/dealers/reconsignment-panel";
import { DeadlinePill, TermPanel } from "@/components/dealers/term-panel";
import { LinkButton } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { can } from "@/lib/auth/permissions";
import { getFileCheck } from "@/lib/dealers/queries/contract-files";
import { listConsigneeSheets } from "@/lib/dealers/queries/list-consignees";
import { verifyContractAction } from "../actions";
import { decideContractAction, snoozeDeadlineAction } from "../deadline-actions";
import { loadContract } from "./contract";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { contract } = await loadContract((await params).id);
  return { title: `${contract.dealerName} ${contract.number}` };
}

export default async function ContractPage({ params }: Props) {
  const { actor, contract, now } = await loadContract((await params).id);
  const t = await getTranslations("dealers");
  const [sheets, check] = await Promise.all([
    listConsigneeSheets(actor, contract.id, null, now),
    getFileCheck(actor, contract.id),
  ]);
  // The overview compares the first channel; the rest is on 수탁자 점검.
  const [sheet] = sheets.items;
  const differing = sheet?.comparison.findings.length ?? 0;
  const mayDownload = can(actor, "contract:download");
  const mayEdit = can(actor, "contract:edit") && contract.endedOn === null;
  const at = `/dealers/contracts/${contract.id}`;
  return (
    <>
      <ContractHeader
        contract={contract}
        tab="overview"
        pills={<DeadlinePill contract={contract} now={now} />}
        history={can(actor, "audit:read")}
        actions={
          <>
            {can(actor, "calendar:own") ? (
              <LinkButton href="/account#calendar">{t("contracts.calendar")}</LinkButton>
            ) : null}
            {mayEdit ? <LinkButton href={`${at}/edit`}>{t("contracts.edit")}</LinkButton> : null}
          </>
        }
      />
      <ContractNotice contract={contract} />
      <TermPanel
        contract={contract}
        actor={actor}
        now={now}
        actions={{ decide: decideContractAction, snooze: snoozeDeadlineAction }}
        beside={
          <ReconsignmentPanel
            contract={contract}
            may={{ record: can(actor, "reconsignment:record"), download: mayDownload }}
            now={now}
          />
        }
      />
      <ClauseTable contract={contract} mayEdit={mayEdit} now={now} />
      {sheet ? (
        <Section
          title={t("consignees.title")}
          note={[
            sheet.channel.name,
            differing > 0 ? t("consignees.differs", { count: differing }) : t("consignees.same"),
            t("consignees.rule"),
          ].join(" · ")}
          actions={<Link href={`${at}/consignees`}>{t("contracts.tabs.consignees")}</Link>}
        >
          <ConsigneeTable sheet={sheet} now={now} />
        </Section>
      ) : null}
      <DocumentSection
        contract={contract}
        check={check}
        all={false}
        may={{ upload: can(actor, "contract:upload"), download: mayDownload }}
        verify={can(actor, "file:verify") ? verifyContractAction : null}
        now={now}
      />
      <ContractProfile contract={contract} />
    </>
  );
}
