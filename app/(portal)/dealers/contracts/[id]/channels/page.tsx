import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ContractHeader } from "@/components/dealers/contract-header";
import { ContractNotice } from "@/components/dealers/contract-notice";
import { CoverForm } from "@/components/dealers/cover-form";
import { CoverTable } from "@/components/dealers/cover-table";
import { EmptyState } from "@/components/ui/empty-state";
import { Section } from "@/components/ui/section";
import { can } from "@/lib/auth/permissions";
import { listCoverableChannels } from "@/lib/dealers/queries/list-coverable-channels";
import { coverChannelAction, uncoverChannelAction } from "../../actions";
import { loadContract } from "../contract";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations("dealers.contracts");
  return { title: `${t("tabs.channels")} · ${(await loadContract((await params).id)).contract.number}` };
}

export default async function ContractChannelsPage({ params }: Props) {
  const { actor, contract } = await loadContract((await params).id);
  const t = await getTranslations("dealers.contracts.channels");
  const mayEdit = can(actor, "contract:edit") && contract.endedOn === null;
  const covered = new Set(contract.channels.map(({ id }) => id));
  const choices = mayEdit
    ? (await listCoverableChannels(actor, contract.dealer)).filter(({ id }) => !covered.has(id))
    : [];
  return (
    <>
      <ContractHeader contract={contract} tab="channels" history={can(actor, "audit:read")} />
      <ContractNotice contract={contract} />
      <Section title={t("title")} count={contract.channels.length} note={t("note")}>
        {contract.channels.length > 0 ? (
          <CoverTable
            contract={contract}
            cover={mayEdit ? coverChannelAction : null}
            uncover={mayEdit ? uncoverChannelAction : null}
          />
        ) : (
          <EmptyState title={t("none")}>{t("noneBody")}</EmptyState>
        )}
      </Section>
      {mayEdit ? <CoverForm contract={contract} choices={choices} action={coverChannelAction} /> : null}
    </>
  );
}
