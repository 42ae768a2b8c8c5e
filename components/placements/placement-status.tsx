import { useTranslations } from "next-intl";
import { Status, type StatusKind } from "@/components/ui/status";
import type { PlacementState } from "@/lib/placements/schema";

const kinds: Record<PlacementState, StatusKind> = {
  live: "ok",
  ending: "warn",
  preparing: "off",
  ended: "bad",
  retired: "off",
};

/** Shape and word of where a placement stands; `pill` beside a title. */
export function PlacementStatus({ state, pill }: { state: PlacementState; pill?: boolean }) {
  const t = useTranslations("placements");
  return (
    <Status kind={kinds[state]} pill={pill}>
      {t(`state.${state}`)}
    </Status>
  );
}
