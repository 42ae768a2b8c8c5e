import { useTranslations } from "next-intl";
import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import { Status } from "@/components/ui/status";

type Place = { placementId: string | null; placementName: string | null; extra: string | null };

/** Where it came in: a place of ours, a code that no place has, or none. */
export function TranscriptPlace({ placementId, placementName, extra, linked }: Place & { linked?: boolean }) {
  const t = useTranslations("transcripts.place");
  if (placementId && linked) return <Link href={`/placements/${placementId}`}>{placementName}</Link>;
  if (placementId)
    return (
      <span className="text-fg-2">
        <Icon name="map-pin" /> {placementName}
      </span>
    );
  if (extra) return <Status kind="bad">{t("unknown")}</Status>;
  return <span className="text-fg-2">{t("none")}</span>;
}
