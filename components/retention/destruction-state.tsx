import { useTranslations } from "next-intl";
import { Status, type StatusKind } from "@/components/ui/status";
import type { DestructionState } from "@/lib/retention/rules/destruction";

const kinds: Record<DestructionState, StatusKind> = {
  prepared: "note",
  requested: "waiting",
  approved: "waiting",
  running: "waiting",
  finished: "ok",
  stopped: "bad",
  rejected: "off",
  cancelled: "off",
  expired: "off",
};

export function DestructionStateWord({ state, pill = false }: { state: DestructionState; pill?: boolean }) {
  const t = useTranslations("retention.destructions.states");
  return (
    <Status kind={kinds[state]} pill={pill}>
      {t(state)}
    </Status>
  );
}
