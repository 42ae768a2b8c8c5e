import { useTranslations } from "next-intl";
import { Status } from "@/components/ui/status";
import type { HoldState } from "@/lib/retention/rules/hold";

const kinds = { active: "lock", asked: "waiting", released: "off" } as const;

export function HoldStateWord({ state, pill = false }: { state: HoldState; pill?: boolean }) {
  const t = useTranslations("retention.holds");
  return (
    <Status kind={kinds[state]} pill={pill}>
      {t(`states.${state}`)}
    </Status>
  );
}
