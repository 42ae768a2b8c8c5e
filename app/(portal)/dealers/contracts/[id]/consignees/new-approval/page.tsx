import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ContractHeader } from "@/components/dealers/contract-header";
import { ReconsignmentForm } from "@/components/dealers/reconsignment-form";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Section } from "@/components/ui/section";
import { can } from "@/lib/auth/permissions";
import { kstDay } from "@/lib/clock";
import { loadContract } from "../../contract";
import { recordReconsignmentAction } from "../actions";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ channel?: string | string[] }>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("dealers.reconsignment"))("new.title") };
}

export default async function NewApprovalPage({ params, searchParams }: Props) {
  const { actor, contract, now } = await loadContract((await params).id);
  if (!can(actor, "reconsignment:record")) forbidden();
  const { channel } = await searchParams;
  const t = await getTranslations("dealers");
  const chosen = contract.channels.find((one) => one.id === channel)?.id;
  return (
    <>
      <ContractHeader
        contract={contract}
        tab="consignees"
        history={can(actor, "audit:read")}
        here={t("reconsignment.new.title")}
      />
      <Section title={t("reconsignment.new.title")}>
        {contract.channels.length === 0 ? (
          <EmptyState title={t("reconsignment.noChannels")}>
            {t("reconsignment.noChannelsBody")}{" "}
            <LinkButton size="sm" href={`/dealers/contracts/${contract.id}/channels`}>
              {t("contracts.tabs.channels")}
            </LinkButton>
          </EmptyState>
        ) : (
          <>
            <p className="mb-4 text-sm text-fg-2">{t("reconsignment.new.about")}</p>
            <ReconsignmentForm
              contract={contract}
              channelId={chosen}
              action={recordReconsignmentAction}
              today={kstDay(now)}
            />
          </>
        )}
      </Section>
    </>
  );
}
