import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { TakeDownForm } from "@/components/placements/take-down-form";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { kstDay } from "@/lib/clock";
import { listPlacementChoices } from "@/lib/placements/queries";
import { openTakeDownAction } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("placements.takeDown"))("new.title") };
}

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function NewTakeDownPage({ searchParams }: { searchParams: Search }) {
  const actor = await currentActor();
  if (!can(actor, "take-down:open")) forbidden();
  const t = await getTranslations("placements.takeDown");
  const now = new Date();
  const given = await searchParams;
  const one = (name: string) => (typeof given[name] === "string" ? given[name] : "");
  const chosen = [given.placementId ?? []].flat().filter((id) => /^[0-9a-f-]{36}$/.test(id));
  return (
    <>
      <PageHeader
        title={t("new.title")}
        sub={t("new.about")}
        crumbs={[{ href: "/placements/take-downs", label: t("title") }]}
      />
      <TakeDownForm
        action={openTakeDownAction}
        choices={await listPlacementChoices(actor, now)}
        chosen={chosen}
        given={{ channel: one("channel"), campaign: one("campaign"), tag: one("tag") }}
        today={kstDay(now)}
      />
    </>
  );
}
