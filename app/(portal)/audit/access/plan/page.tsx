import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AccessPlanForm } from "@/components/audit/access-plan-form";
import { AccessTabs } from "@/components/audit/access-tabs";
import { EmptyState } from "@/components/ui/empty-state";
import { KeyValue } from "@/components/ui/key-value";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { getAccessPlan } from "@/lib/audit/access/reviews";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { saveAccessPlanAction } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("audit.access"))("plan.title") };
}

export default async function AccessPlanPage() {
  const actor = await currentActor();
  const [t, a] = await Promise.all([getTranslations("audit.access"), getTranslations("audit")]);
  const plan = await getAccessPlan(actor);
  return (
    <>
      <PageHeader
        title={t("plan.title")}
        sub={t("plan.about")}
        crumbs={[
          { href: "/audit", label: a("title") },
          { href: "/audit/access", label: t("title") },
        ]}
      />
      <AccessTabs tab="plan" />
      {plan ? (
        <Section title={t("plan.inForce")}>
          <KeyValue
            rows={[
              [t("plan.clause"), plan.clause],
              [t("plan.interval"), t("plan.everyMonths", { count: plan.intervalMonths })],
              [t("plan.keepYears"), t("plan.years", { count: plan.keepYears })],
              [
                t("plan.conditions"),
                plan.conditions.length > 0
                  ? plan.conditions.map((key) => t(`plan.condition.${key}`)).join(", ")
                  : t("plan.noCondition"),
              ],
              [t("plan.night"), t("plan.hours", { from: plan.nightFrom, to: plan.nightTo })],
              [t("plan.bulk"), t("plan.perHour", { count: plan.bulk })],
              [t("plan.sameSubject"), t("plan.perSubject", { count: plan.sameSubject })],
              [t("plan.savedBy"), <Savedat key="at" name={plan.personName} at={plan.at} />],
            ]}
          />
        </Section>
      ) : can(actor, "access-plan:edit") ? null : (
        <EmptyState title={t("plan.none")}>{t("plan.noneNote")}</EmptyState>
      )}
      {can(actor, "access-plan:edit") ? (
        <Section title={plan ? t("plan.change") : t("plan.make")}>
          <AccessPlanForm action={saveAccessPlanAction} plan={plan} />
        </Section>
      ) : null}
      <p className="hint mt-4">{t("plan.law")}</p>
    </>
  );
}

function Savedat({ name, at }: { name: string; at: Date }) {
  return (
    <>
      {name} · <Time at={at} as="full" />
    </>
  );
}
