import { useTranslations } from "next-intl";
import { Status, type StatusKind } from "@/components/ui/status";
import { isStatutory } from "@/lib/retention/rules/law-table";
import type { PolicyState } from "@/lib/retention/rules/policy-approval";

const kinds: Readonly<Record<PolicyState, StatusKind>> = {
  draft: "off",
  submitted: "waiting",
  rejected: "bad",
  approved: "ok",
};

/** Where a policy stands: what is in force, and what of a newer version waits. */
export function PolicyStatus({
  policy: { state, version, inForce },
  pill = false,
}: {
  policy: { state: PolicyState; version: number; inForce: { number: number; basis: string } | null };
  pill?: boolean;
}) {
  const t = useTranslations("retention.policies");
  if (state === "approved" && inForce) {
    const apart = isStatutory(inForce.basis);
    return (
      <Status kind="ok" pill={pill}>
        {apart ? t("apart") : t("inForce", { number: inForce.number })}
      </Status>
    );
  }
  return (
    <Status kind={kinds[state]} pill={pill}>
      {inForce ? t("newer", { number: version, state: t(`states.${state}`) }) : t(`states.${state}`)}
    </Status>
  );
}
