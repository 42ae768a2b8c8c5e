import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { PlaceListUpload } from "@/components/placements/place-list-upload";
import { Callout } from "@/components/ui/callout";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { asLocale } from "@/lib/locale";
import { hasSentence, sentence } from "@/lib/messages";
import { mostPlaceRows } from "@/lib/placements/rules/place-list";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("placements"))("import.title") };
}

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function ImportPlacesPage({ searchParams }: { searchParams: Search }) {
  const actor = await currentActor();
  if (!can(actor, "placement:create")) forbidden();
  const t = await getTranslations("placements");
  const refused = await refusalOf(await searchParams);
  return (
    <>
      <PageHeader
        title={t("import.title")}
        sub={t("import.about")}
        crumbs={[{ href: "/placements", label: t("title") }]}
      />
      {refused ? (
        <Callout kind="bad" role="alert">
          {refused}
        </Callout>
      ) : null}
      <PlaceListUpload />
    </>
  );
}

/** Why an upload was refused, as the address that it came back to says; anything else is nothing. */
async function refusalOf({ refused, line }: Record<string, string | string[] | undefined>): Promise<string | null> {
  if (typeof refused !== "string") return null;
  const locale = asLocale(await getLocale());
  const key = `placements.import.${refused}`;
  const number = typeof line === "string" && /^\d{1,5}$/.test(line) ? Number(line) : 0;
  return hasSentence(key, locale) ? sentence(key, locale, { line: number, most: mostPlaceRows }) : null;
}
