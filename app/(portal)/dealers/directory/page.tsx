import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { DealerDirectory } from "@/components/dealers/dealer-directory";
import { DealersTabs } from "@/components/dealers/dealers-tabs";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { listDealerChannels } from "@/lib/dealers/queries/connections";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("dealers"))("directory.title") };
}

export default async function DirectoryPage() {
  const actor = await currentActor();
  const t = await getTranslations("dealers");
  const may = { contracts: can(actor, "contract:read"), connections: can(actor, "connection:read") };
  return (
    <>
      <PageHeader title={t("contracts.title")} here={t("directory.title")} sub={t("contracts.about")} />
      <DealersTabs tab="directory" may={may} />
      <DealerDirectory channels={await listDealerChannels(actor)} />
    </>
  );
}
