import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { cache } from "react";
import { PlacementRetireForm } from "@/components/placements/placement-retire-form";
import { PlacementStatus } from "@/components/placements/placement-status";
import { LinkButton } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { Tabs } from "@/components/ui/tabs";
import { Missing } from "@/components/ui/text";
import type { PersonActor } from "@/lib/auth/actor";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { fullDay } from "@/lib/clock";
import type { Locale } from "@/lib/locale";
import { getPlacement } from "@/lib/placements/queries";
import { placementStatus } from "@/lib/placements/rules";
import type { PlacementDetail } from "@/lib/placements/schema";
import { retirePlacementsAction } from "../actions";

/** The placement of the address, once per request; what is not ours is not there. */
export const loadPlacement = cache(async (id: string) => {
  const actor = await currentActor();
  const now = new Date();
  const placement = isUuid(id) ? await getPlacement(actor, id, now) : null;
  if (!placement) notFound();
  return { actor, placement, now };
});

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

/** Title, state, facts, acts and tabs of a placement. */
export async function PlacementHead({
  actor,
  placement,
  now,
  tab,
}: {
  actor: PersonActor;
  placement: PlacementDetail;
  now: Date;
  tab: "overview" | "kit" | "qr" | "history" | "presence";
}) {
  const t = await getTranslations("placements");
  const locale = (await getLocale()) as Locale;
  const state = placementStatus(placement, placement, now);
  const here = `/placements/${placement.id}`;
  const day = placement.retiredAt ?? (placement.endsAt ? new Date(placement.endsAt.getTime() - 1) : now);
  return (
    <>
      <PageHeader
        title={placement.name}
        crumbs={[{ href: "/placements", label: t("title") }]}
        status={<PlacementStatus state={state} pill />}
        facts={[
          [t("facts.medium"), t(`medium.${placement.medium}`)],
          [
            t("facts.channel"),
            <Link
              key="c"
              href={`/channels/${placement.channelId}`}
            >{`${placement.channelName} @${placement.searchId}`}</Link>,
          ],
          [t("facts.owner"), placement.ownerName ?? <Missing what="field" />],
          [
            t("facts.location"),
            [placement.site, placement.location].filter(Boolean).join(" · ") || <Missing what="field" />,
          ],
          ...(placement.campaign ? ([[t("field.campaign"), placement.campaign]] as const) : []),
          ...(placement.startsOn || placement.endsOn
            ? ([[t("facts.period"), `${placement.startsOn ?? ""}–${placement.endsOn ?? ""}`]] as const)
            : []),
          [t("facts.since"), fullDay(placement.createdAt, locale)],
        ]}
        actions={
          state === "retired" ? null : (
            <>
              {can(actor, "placement:edit") ? (
                <LinkButton href={`${here}/edit`} icon={<Icon name="pencil" />}>
                  {t("edit")}
                </LinkButton>
              ) : null}
              {can(actor, "placement:retire") ? (
                <PlacementRetireForm placement={placement} action={retirePlacementsAction} />
              ) : null}
            </>
          )
        }
      />
      {state === "live" ? null : (
        <Callout kind={state === "ended" ? "bad" : state === "ending" ? "warn" : "off"}>
          {t(`stateNote.${state}`, { day: fullDay(day, locale) })}
        </Callout>
      )}
      <Tabs
        label={t("tab.label")}
        tabs={[
          { href: here, label: t("tab.overview"), current: tab === "overview" },
          { href: `${here}/kit`, label: t("tab.kit"), current: tab === "kit" },
          { href: `${here}/qr`, label: t("tab.qr"), current: tab === "qr" },
          { href: `${here}/presence`, label: t("tab.presence"), current: tab === "presence" },
          { href: `${here}/history`, label: t("tab.history"), current: tab === "history" },
        ]}
      />
    </>
  );
}
