import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { CodeDecoder } from "@/components/placements/code-decoder";
import { PlacementTabs } from "@/components/placements/placement-tabs";
import { PageHeader } from "@/components/ui/page-header";
import { currentActor } from "@/lib/auth/session";
import { decodeCodesAction } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("placements"))("decode.title") };
}

export default async function DecodePage() {
  await currentActor();
  const t = await getTranslations("placements");
  return (
    <>
      <PageHeader
        title={t("decode.title")}
        sub={t("decode.about")}
        crumbs={[{ href: "/placements", label: t("title") }]}
      />
      <PlacementTabs current="decode" />
      <CodeDecoder action={decodeCodesAction} />
    </>
  );
}
