import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ConsigneeTable } from "@/components/dealers/consignee-table";
import { ContractHeader } from "@/components/dealers/contract-header";
import { ReconsignmentHistory } from "@/components/dealers/reconsignment-history";
import { ReconsignmentPanel } from "@/components/dealers/reconsignment-panel";
import { SupervisionStand, SupervisionTable } from "@/components/dealers/supervision-table";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { can } from "@/lib/auth/permissions";
import { kstDay } from "@/lib/clock";
import { listReconsignments, listSupervisions, newestSupervisions } from "@/lib/dealers/queries/list-consignee-papers";
import { listConsigneeSheets } from "@/lib/dealers/queries/list-consignees";
import { reconsignmentBasis } from "@/lib/dealers/rules/reconsignment";
import { supervisionBasis, supervisionOutlook } from "@/lib/dealers/rules/supervision";
import { loadContract } from "../contract";
import { attachLetterAction, withdrawReconsignmentAction } from "./actions";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<"channels" | "approvals" | "entries", string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { contract } = await loadContract((await params).id);
  return { title: `${(await getTranslations("dealers.contracts"))("tabs.consignees")} · ${contract.number}` };
}

const one = (value: string | string[] | undefined) => (typeof value === "string" ? value : null);

export default async function ConsigneesPage({ params, searchParams }: Props) {
  const { actor, contract, now } = await loadContract((await params).id);
  const asked = await searchParams;
  const t = await getTranslations("dealers");
  const at = `/dealers/contracts/${contract.id}/consignees`;
  const [sheets, approvals, entries, newest] = await Promise.all([
    listConsigneeSheets(actor, contract.id, one(asked.channels), now),
    listReconsignments(actor, contract.id, one(asked.approvals)),
    listSupervisions(actor, contract.id, one(asked.entries)),
    newestSupervisions(actor, contract.id),
  ]);
  const outlook = supervisionOutlook(newest, kstDay(now));
  const may = {
    record: can(actor, "reconsignment:record"),
    withdraw: can(actor, "reconsignment:withdraw"),
    download: can(actor, "contract:download"),
  };
  const differing = sheets.items.reduce((sum, sheet) => sum + sheet.comparison.findings.length, 0);
  return (
    <>
      <ContractHeader contract={contract} tab="consignees" history={can(actor, "audit:read")} />
      <Section
        title={t("consignees.title")}
        note={
          sheets.items.length > 0
            ? [
                differing > 0 ? t("consignees.differs", { count: differing }) : t("consignees.same"),
                t("consignees.rule"),
              ].join(" · ")
            : undefined
        }
      >
        {sheets.items.length === 0 ? (
          <EmptyState title={t("reconsignment.noChannels")}>{t("reconsignment.noChannelsBody")}</EmptyState>
        ) : (
          sheets.items.map((sheet) => (
            <div key={sheet.channel.id} className="mb-4">
              <h3 className="mb-1.5 flex flex-wrap items-baseline gap-x-2 text-sm font-semibold">
                {sheet.channel.name}
                <span className="font-normal text-fg-3">@{sheet.channel.searchId}</span>
                <Link className="ml-auto text-xs font-normal" href={`/channels/${sheet.channel.id}/checks`}>
                  {t("consignees.toChecks")}
                </Link>
              </h3>
              <ConsigneeTable sheet={sheet} now={now} />
            </div>
          ))
        )}
        <More href={sheets.next && `${at}?channels=${sheets.next}`}>{t("consignees.more")}</More>
      </Section>
      <ReconsignmentPanel contract={contract} may={may} now={now} />
      <Section title={t("reconsignment.historyTitle")} note={t("reconsignment.historyNote")}>
        {approvals.items.length === 0 ? (
          <p className="text-sm text-fg-2">{t("reconsignment.noHistory")}</p>
        ) : (
          <ReconsignmentHistory
            contract={contract}
            approvals={approvals.items}
            may={may}
            acts={{ attach: attachLetterAction, withdraw: withdrawReconsignmentAction }}
            now={now}
          />
        )}
        <p className="pt-2 text-xs text-fg-3">
          {t("reconsignment.basis", { law: reconsignmentBasis.law, article: reconsignmentBasis.article })}{" "}
          <q lang="ko">{reconsignmentBasis.guide.quote}</q>{" "}
          <cite className="not-italic">{t("reconsignment.guide", { section: reconsignmentBasis.guide.section })}</cite>
        </p>
        <More href={approvals.next && `${at}?approvals=${approvals.next}`}>{t("reconsignment.more")}</More>
      </Section>
      <Section
        title={t("supervision.title")}
        note={t("supervision.basis", { law: supervisionBasis.law, decree: supervisionBasis.decree })}
        actions={
          can(actor, "supervision:record") ? (
            <Link href={`${at}/new-supervision`}>{t("supervision.add")}</Link>
          ) : undefined
        }
      >
        <SupervisionStand outlook={outlook} now={now} />
        {entries.items.length === 0 ? (
          <EmptyState title={t("supervision.none")}>{t("supervision.noneBody")}</EmptyState>
        ) : (
          <SupervisionTable contract={contract} entries={entries.items} outlook={outlook} may={may} now={now} />
        )}
        <More href={entries.next && `${at}?entries=${entries.next}`}>{t("supervision.more")}</More>
      </Section>
    </>
  );
}

function More({ href, children }: { href: string | null; children: string }) {
  if (!href) return null;
  return (
    <div className="pt-3">
      <LinkButton size="sm" href={href}>
        {children}
      </LinkButton>
    </div>
  );
}
