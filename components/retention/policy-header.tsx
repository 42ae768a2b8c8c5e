import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { PageHeader } from "@/components/ui/page-header";
import { Tabs } from "@/components/ui/tabs";
import { policyCode } from "@/lib/retention/rules/policy-content";
import type { PolicyView } from "@/lib/retention/rules/policy-view";
import { PolicyStatus } from "./policy-status";
import { ScopeValue, TargetValue } from "./policy-value";

/** Name, state and coverage of a policy, above its two pages. */
export function PolicyHeader({
  policy,
  tab,
  actions,
}: {
  policy: PolicyView;
  tab: "overview" | "history";
  actions?: ReactNode;
}) {
  const t = useTranslations("retention");
  const at = `/retention/policies/${policy.id}`;
  return (
    <>
      <PageHeader
        title={policy.name}
        crumbs={[
          { href: "/retention", label: t("title") },
          { href: "/retention/policies", label: t("tabs.policies") },
        ]}
        here={policyCode(policy.number)}
        status={
          <PolicyStatus
            pill
            policy={{
              ...policy,
              inForce: policy.inForce && { ...policy.inForce, basis: policy.inForce.content.basis },
            }}
          />
        }
        sub={
          <>
            {policyCode(policy.number)} · <TargetValue channelName={policy.channelName} category={policy.category} /> ·{" "}
            <ScopeValue scope={policy.scope} />
          </>
        }
        actions={actions}
      />
      <Tabs
        label={t("policies.tabs.label")}
        tabs={[
          { href: at, label: t("policies.tabs.overview"), current: tab === "overview" },
          {
            href: `${at}/history`,
            label: t("policies.tabs.history"),
            count: policy.versions.length,
            current: tab === "history",
          },
        ]}
      />
    </>
  );
}
