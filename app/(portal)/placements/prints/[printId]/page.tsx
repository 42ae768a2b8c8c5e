import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { cache } from "react";
import { PrintStatus } from "@/components/placements/print-table";
import { PrintView } from "@/components/placements/print-view";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { fullTime, kstDay } from "@/lib/clock";
import { asLocale } from "@/lib/locale";
import { hasSentence, sentence } from "@/lib/messages";
import { getPrint } from "@/lib/placements/queries/prints";
import { cancelPrintAction, recordRunAction } from "../../actions";

type Params = Promise<{ printId: string }>;

const load = cache(async (id: string) => {
  const actor = await currentActor();
  const found = await getPrint(actor, id);
  if (!found) notFound();
  return { actor, ...found };
});

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  return { title: (await load((await params).printId)).batch.name };
}

export default async function PrintPage({ params }: { params: Params }) {
  const { actor, batch, items } = await load((await params).printId);
  const t = await getTranslations("placements");
  const locale = asLocale(await getLocale());
  return (
    <>
      <PageHeader
        title={batch.name}
        status={<PrintStatus print={batch} pill />}
        crumbs={[
          { href: "/placements", label: t("title") },
          { href: "/placements/prints", label: t("prints.title") },
        ]}
        facts={[
          [t("prints.kind.label"), t(`prints.kind.${batch.kind}`)],
          [t("prints.places"), t("prints.range", { count: batch.total })],
          [t("prints.by"), batch.personName ?? t("prints.nobody")],
          [t("prints.at"), fullTime(batch.at, locale)],
        ]}
      />
      <PrintView
        batch={batch}
        items={items}
        failure={hasSentence(batch.failure, locale) ? sentence(batch.failure, locale) : batch.failure}
        today={kstDay(new Date())}
        edits={can(actor, "placement:edit")}
        cancelAction={cancelPrintAction}
        recordAction={recordRunAction}
      />
    </>
  );
}
