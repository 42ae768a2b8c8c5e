import { useTranslations } from "next-intl";
import { LinkButton } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { Status } from "@/components/ui/status";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { Missing } from "@/components/ui/text";
import { kstDay } from "@/lib/clock";
import type { ContractView, CoveredChannel } from "@/lib/dealers/rules/contract-view";
import { currentOf, reconsignmentBasis } from "@/lib/dealers/rules/reconsignment";
import { PaperLink } from "./paper-link";
import { ReconsignmentStatus } from "./reconsignment-status";

export type ReconsignmentRights = { record: boolean; download: boolean };

type Approval = ContractView["reconsignments"][number];

/** Rows on the overview; the rest is on 수탁자 점검. */
const most = 20;

/** Of each channel that the contract covers: the written approval to pass the work on to Kakao, or that there is none. */
export function ReconsignmentPanel({
  contract,
  may,
  now,
}: {
  contract: Pick<ContractView, "id" | "channels" | "documents" | "reconsignments">;
  may: ReconsignmentRights;
  now: Date;
}) {
  const t = useTranslations("dealers.reconsignment");
  const at = `/dealers/contracts/${contract.id}/consignees`;
  const today = kstDay(now);
  const rows = contract.channels.slice(0, most).map((channel) => ({
    channel,
    approval: currentOf(
      contract.reconsignments
        .filter((one) => one.channelId === channel.id)
        .map((one) => ({ ...one, signed: one.file !== null })),
      today,
    ),
  }));
  const shown = rows.find(({ approval }) => approval)?.approval;
  return (
    <Section
      title={t("title")}
      note={t("noteDealer")}
      actions={
        <>
          {contract.channels.length > most ? <Link href={at}>{t("all")}</Link> : null}
          {may.record && rows.length > 0 ? <Link href={`${at}/new-approval`}>{t("add")}</Link> : null}
        </>
      }
    >
      {rows.length === 0 ? (
        <p className="text-sm text-fg-2">{t("noChannelsBody")}</p>
      ) : (
        <Table
          caption={t("table")}
          head={
            <>
              <Th>{t("column.channel")}</Th>
              <Th>{t("column.approval")}</Th>
              <Th>{t("column.approver")}</Th>
              <Th>{t("column.document")}</Th>
            </>
          }
        >
          {rows.map((row) => (
            <Row key={row.channel.id} {...row} contract={contract} may={may} now={now} />
          ))}
        </Table>
      )}
      {shown ? (
        <p className="pt-2 text-xs text-fg-3">
          {t("scope", {
            scope: shown.scope,
            items: shown.items,
            law: reconsignmentBasis.law,
            article: reconsignmentBasis.article,
          })}
        </p>
      ) : null}
    </Section>
  );
}

function Row({
  channel,
  approval,
  contract,
  may,
  now,
}: {
  channel: CoveredChannel;
  approval: Approval | null;
  contract: Pick<ContractView, "id" | "documents">;
  may: ReconsignmentRights;
  now: Date;
}) {
  const t = useTranslations("dealers.reconsignment");
  const at = `/dealers/contracts/${contract.id}`;
  if (!approval) {
    return (
      <Tr>
        <TdName href={`/channels/${channel.id}`}>{channel.name}</TdName>
        <Td>
          <Status kind="bad">{t("state.none")}</Status>
        </Td>
        <Td>
          <Missing what="field" />
        </Td>
        <Td>
          {may.record ? (
            <LinkButton size="sm" href={`${at}/consignees/new-approval?channel=${channel.id}`}>
              {t("register")}
            </LinkButton>
          ) : (
            <Missing what="field" />
          )}
        </Td>
      </Tr>
    );
  }
  return (
    <Tr>
      <TdName href={`/channels/${channel.id}`}>{channel.name}</TdName>
      <Td>
        <ReconsignmentStatus approval={approval} now={now} day />
      </Td>
      <Td>
        {approval.approverName} <span className="text-fg-3">{approval.approverTitle}</span>
      </Td>
      <Td>
        {approval.file ? (
          <PaperLink contract={contract} file={approval.file} may={may.download} label={t("letter")} />
        ) : may.download ? (
          <a href={`${at}/reconsignments/${approval.id}/letter`} download>
            {t("letterPrint")}
          </a>
        ) : (
          <Missing what="field" />
        )}
      </Td>
    </Tr>
  );
}
