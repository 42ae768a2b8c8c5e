import { useTranslations } from "next-intl";
import { Status, type StatusKind } from "@/components/ui/status";
import type { TemplateState } from "@/lib/templates/rules/status";

const kinds: Readonly<Record<TemplateState, StatusKind>> = {
  draft: "off",
  submitted: "waiting",
  returned: "bad",
  approved: "ok",
  used: "ok",
  retired: "off",
  archived: "off",
};

export function TemplateStatus({ state, pill = false }: { state: TemplateState; pill?: boolean }) {
  const t = useTranslations("templates.state");
  return (
    <Status kind={kinds[state]} pill={pill}>
      {t(state)}
    </Status>
  );
}
