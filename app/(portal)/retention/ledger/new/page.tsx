import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { LedgerForm } from "@/components/retention/ledger-form";
import { PageHeader } from "@/components/ui/page-header";
import { currentActor } from "@/lib/auth/session";
import { kstDay } from "@/lib/clock";
import { listLedgerApprovers } from "@/lib/retention/queries/ledger-approvers";
import { recordLedgerAction } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("retention.ledger"))("new.title") };
}

export default async function NewLedgerPage() {
  const actor = await currentActor();
  const approvers = await listLedgerApprovers(actor);
  const t = await getTranslations("retention");
  return (
    <>
      <PageHeader
        title={t("ledger.new.title")}
        sub={t("ledger.new.about")}
        crumbs={[
          { href: "/retention", label: t("title") },
          { href: "/retention/ledger", label: t("tabs.ledger") },
        ]}
      />
      <LedgerForm action={recordLedgerAction} approvers={approvers} today={kstDay(new Date())} />
    </>
  );
}
