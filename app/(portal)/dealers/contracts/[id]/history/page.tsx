import type { Metadata } from "next";
import { forbidden, notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { actionWord } from "@/components/audit/audit-words";
import { ContractHeader } from "@/components/dealers/contract-header";
import { ContractHistoryTable } from "@/components/dealers/contract-history-table";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { can } from "@/lib/auth/permissions";
import { listContractHistory } from "@/lib/dealers/queries/list-contract-history";
import { hasSentence, sentence } from "@/lib/messages";
import { loadContract } from "../contract";

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ after?: string | string[] }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations("dealers.contracts");
  return { title: `${t("history.title")} · ${(await loadContract((await params).id)).contract.number}` };
}

export default async function ContractHistoryPage({ params, searchParams }: Props) {
  const { actor, contract, now } = await loadContract((await params).id);
  if (!can(actor, "audit:read")) forbidden();
  const { after } = await searchParams;
  const history = await listContractHistory(actor, contract.id, typeof after === "string" ? after : undefined);
  if (!history) notFound();
  const [t, locale] = await Promise.all([getTranslations("dealers.contracts.history"), getLocale()]);
  const machine = (by: string) =>
    hasSentence(`audit.actors.${by}`, locale) ? sentence(`audit.actors.${by}`, locale) : by;
  return (
    <>
      <ContractHeader contract={contract} tab="history" history />
      {history.items.length > 0 ? (
        <ContractHistoryTable
          entries={history.items.map((entry) => ({
            ...entry,
            by: machine(entry.by),
            what: actionWord(entry.action, locale),
          }))}
          now={now}
        />
      ) : (
        <EmptyState title={t("none")} />
      )}
      {history.next ? (
        <div className="pt-3">
          <LinkButton size="sm" href={`/dealers/contracts/${contract.id}/history?after=${history.next}`}>
            {t("more")}
          </LinkButton>
        </div>
      ) : null}
    </>
  );
}
