import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ContractHeader } from "@/components/dealers/contract-header";
import { SupervisionForm } from "@/components/dealers/supervision-form";
import { Section } from "@/components/ui/section";
import { can } from "@/lib/auth/permissions";
import { kstDay } from "@/lib/clock";
import { loadContract } from "../../contract";
import { recordSupervisionAction } from "../actions";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("dealers.supervision"))("new.title") };
}

export default async function NewSupervisionPage({ params }: Props) {
  const { actor, contract, now } = await loadContract((await params).id);
  if (!can(actor, "supervision:record")) forbidden();
  const t = await getTranslations("dealers.supervision");
  return (
    <>
      <ContractHeader contract={contract} tab="consignees" history={can(actor, "audit:read")} here={t("new.title")} />
      <Section title={t("new.title")}>
        <p className="mb-4 text-sm text-fg-2">{t("new.about")}</p>
        <SupervisionForm contract={contract} action={recordSupervisionAction} today={kstDay(now)} />
      </Section>
    </>
  );
}
