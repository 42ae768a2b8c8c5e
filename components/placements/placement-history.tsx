import { useLocale, useTranslations } from "next-intl";
import { Timeline } from "@/components/ui/timeline";
import { fullTime } from "@/lib/clock";
import type { Locale } from "@/lib/locale";
import type { PlacementEvent } from "@/lib/placements/schema";

/** What was done to a placement, newest first. */
export function PlacementHistory({ events }: { events: readonly PlacementEvent[] }) {
  const t = useTranslations("placements");
  const locale = useLocale() as Locale;
  if (events.length === 0) return <p className="hint">{t("history.empty")}</p>;
  return (
    <Timeline
      moments={events.map((event) => ({
        key: event.id,
        kind: event.action === "placement.retired" ? "off" : "ok",
        title: <What event={event} />,
        note: `${fullTime(event.at, locale)} · ${who(event)}`,
      }))}
    />
  );

  function who(event: PlacementEvent): string {
    if (event.actorName) return t("history.byPerson", { name: event.actorName });
    return event.actorKind === "operator" ? t("history.byOperator") : t("history.byMachine");
  }
}

function What({ event }: { event: PlacementEvent }) {
  const t = useTranslations("placements");
  switch (event.action) {
    case "placement.created":
      return t("history.created");
    case "placement.edited":
      return t("history.edited", {
        fields: changedFields(event.body)
          .map((field) => t(`field.${field}`))
          .join(", "),
      });
    case "placement.qr-saved":
      return t("history.qrSaved");
    case "placement.handed-over":
      return t("history.handedOver", { reason: event.reason });
    case "placement.retired":
      return t("history.retired", { reason: event.reason });
    default:
      return t("history.other", { action: event.action });
  }
}

const known = [
  "name",
  "medium",
  "site",
  "location",
  "pageUrl",
  "campaign",
  "tags",
  "startsOn",
  "endsOn",
  "mode",
  "bot",
  "event",
  "ownerId",
] as const;

/** Names of changed fields, out of the entry's canonical JSON. */
function changedFields(body: string): (typeof known)[number][] {
  const { changed } = JSON.parse(body) as { changed?: unknown };
  return Array.isArray(changed) ? known.filter((field) => changed.includes(field)) : [];
}
