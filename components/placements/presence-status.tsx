import { useTranslations } from "next-intl";
import { Status, type StatusKind } from "@/components/ui/status";
import type { PresenceVerdict, PresenceWish } from "@/lib/placements/schema/presence";

/** Shape and word of what was seen beside what has to be so. Cannot tell is never a failure. */
export function PresenceStatus({ wanted, verdict }: { wanted: PresenceWish; verdict: PresenceVerdict | null }) {
  const t = useTranslations("placements.presence.said");
  const kind: StatusKind =
    verdict === null || verdict === "unknown"
      ? "unknown"
      : (verdict === "yes") === (wanted === "present")
        ? "ok"
        : "bad";
  return <Status kind={kind}>{t(verdict === null ? "waiting" : `${wanted}-${verdict}`)}</Status>;
}
