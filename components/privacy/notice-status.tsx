import { useTranslations } from "next-intl";
import { Status, type StatusKind } from "@/components/ui/status";
import type { NoticeState } from "@/lib/privacy/rules/notice-life";

const kinds: Readonly<Record<NoticeState, StatusKind>> = {
  draft: "off",
  submitted: "waiting",
  rejected: "warn",
  approved: "waiting",
  requested: "waiting",
  declined: "warn",
  applied: "waiting",
  differs: "bad",
  verified: "ok",
  superseded: "off",
  withdrawn: "off",
};

/** Where a version stands; with days where it waits. */
export function NoticeStatus({ state, number, pill = false }: { state: NoticeState; number: number; pill?: boolean }) {
  const t = useTranslations("privacy.notices");
  return (
    <Status kind={kinds[state]} pill={pill}>
      v{number} {t(`states.${state}`)}
    </Status>
  );
}
