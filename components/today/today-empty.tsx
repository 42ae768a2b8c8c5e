import { getTranslations } from "next-intl/server";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import type { Actor } from "@/lib/auth/actor";
import { can } from "@/lib/auth/permissions";

/** Nothing waits: what would gather here, and two ways to go on. */
export async function TodayEmpty({ actor }: { actor: Actor }) {
  const t = await getTranslations("today");
  const starts = [
    ...(can(actor, "channel:open")
      ? [{ title: t("emptyChannel"), note: t("emptyChannelNote"), href: "/channels/new" }]
      : []),
    ...(can(actor, "placement:create")
      ? [{ title: t("emptyPlacement"), note: t("emptyPlacementNote"), href: "/placements/new" }]
      : []),
  ];
  return (
    <EmptyState
      title={t("empty")}
      starts={starts.map(({ title, note, href }) => ({
        title,
        note,
        action: (
          <LinkButton size="sm" href={href}>
            {t("open")}
          </LinkButton>
        ),
      }))}
    >
      {t("emptyDetail")}
    </EmptyState>
  );
}
