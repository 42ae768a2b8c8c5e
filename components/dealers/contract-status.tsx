import { useTranslations } from "next-intl";
import { Status, type StatusKind } from "@/components/ui/status";
import type { ContractState } from "@/lib/dealers/rules/contract";

const kinds: Readonly<Record<ContractState, StatusKind>> = {
  draft: "off",
  submitted: "waiting",
  rejected: "bad",
  upcoming: "note",
  inForce: "ok",
  ending: "note",
  expired: "warn",
  ended: "off",
};

/** Shape and word of a contract's state. */
export function ContractStatus({ state, pill }: { state: ContractState; pill?: boolean }) {
  const t = useTranslations("dealers.contracts");
  return (
    <Status kind={kinds[state]} pill={pill}>
      {t(`states.${state}`)}
    </Status>
  );
}
