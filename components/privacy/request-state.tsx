import { useTranslations } from "next-intl";
import { Status, type StatusKind } from "@/components/ui/status";
import type { RequestState } from "@/lib/privacy/schema/request";

const kinds: Record<RequestState, StatusKind> = {
  received: "waiting",
  identified: "waiting",
  postponed: "warn",
  granted: "note",
  done: "ok",
  refused: "off",
  withdrawn: "off",
};

export function RequestStateWord({ state, pill = false }: { state: RequestState; pill?: boolean }) {
  const t = useTranslations("privacy.requests");
  return (
    <Status kind={kinds[state]} pill={pill}>
      {t(`states.${state}`)}
    </Status>
  );
}
