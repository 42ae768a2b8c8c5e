import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { PlaceHoldForm } from "@/components/retention/hold-form";
import { PageHeader } from "@/components/ui/page-header";
import { Segments } from "@/components/ui/tabs";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { holdChoices } from "@/lib/retention/queries/hold-choices";
import { holdScopes } from "@/lib/retention/schema/hold";
import { placeHoldAction } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("retention.holds"))("add") };
}

type Search = Promise<{ scope?: string | string[]; session?: string | string[] }>;

export default async function NewHoldPage({ searchParams }: { searchParams: Search }) {
  const actor = await currentActor();
  if (!can(actor, "hold:place")) forbidden();
  const t = await getTranslations("retention");
  const { scope, session } = await searchParams;
  const chosen = holdScopes.find((one) => one === scope) ?? "session";
  const choices = await holdChoices(actor, new Date());
  return (
    <>
      <PageHeader
        title={t("holds.add")}
        sub={t("holds.addAbout")}
        crumbs={[
          { href: "/retention", label: t("title") },
          { href: "/retention/holds", label: t("holds.title") },
        ]}
      />
      <Segments
        label={t("holds.scope")}
        items={holdScopes.map((one) => ({
          href: `/retention/holds/new?scope=${one}`,
          label: t(`holds.scopes.${one}`),
          current: one === chosen,
        }))}
      />
      <div className="mt-4">
        <PlaceHoldForm
          key={chosen}
          action={placeHoldAction}
          scope={chosen}
          choices={choices}
          session={typeof session === "string" ? session.slice(0, 100) : ""}
          me={actor.personId}
        />
      </div>
    </>
  );
}
