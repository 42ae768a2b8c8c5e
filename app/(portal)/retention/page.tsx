import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { DueCalendar } from "@/components/retention/due-calendar";
import { HoldsPanel } from "@/components/retention/holds-panel";
import { LedgerPanel } from "@/components/retention/ledger-panel";
import { PolicyTable } from "@/components/retention/policy-table";
import { PreviewPanel } from "@/components/retention/preview-panel";
import { RetentionTabs } from "@/components/retention/retention-tabs";
import { LinkButton } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { EmptyState } from "@/components/ui/empty-state";
import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { fullDay, kstDay } from "@/lib/clock";
import { dueCalendar } from "@/lib/retention/queries/due-calendar";
import { listDestructions } from "@/lib/retention/queries/list-destructions";
import { listActiveHolds } from "@/lib/retention/queries/list-holds";
import { latestLedger } from "@/lib/retention/queries/list-ledger";
import { listPolicies } from "@/lib/retention/queries/list-policies";
import { channelsWithoutPolicy } from "@/lib/retention/queries/policy-channels";
import { previewDestruction } from "@/lib/retention/queries/preview-destruction";
import { retentionCounts } from "@/lib/retention/queries/retention-counts";
import { getRetentionSettings } from "@/lib/retention/queries/retention-settings";
import { backupGoneOn } from "@/lib/retention/rules/backup";
import { lawTable } from "@/lib/retention/rules/law-table";
import { prepareDestructionAction } from "./destructions/actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("retention"))("title") };
}

/** Policies shown on the overview; the rest is on their own pages. */
const shown = 8;
const ledgerShown = 5;

export default async function RetentionPage() {
  const actor = await currentActor();
  if (!can(actor, "policy:read")) forbidden();
  const now = new Date();
  const [t, locale, counts, policies, calendar, holds, uncovered] = await Promise.all([
    getTranslations("retention"),
    getLocale(),
    retentionCounts(actor, now),
    listPolicies(actor, {}),
    dueCalendar(actor, now),
    listActiveHolds(actor),
    channelsWithoutPolicy(actor),
  ]);
  const mayEdit = can(actor, "policy:edit");
  const preview = can(actor, "destruction:preview")
    ? {
        rows: await previewDestruction(actor, now),
        open: (await listDestructions(actor, { state: "open" }, now)).items[0] ?? null,
        backupGoneOn: backupGoneOn(kstDay(now), (await getRetentionSettings(actor)).backupDays),
        prepare: can(actor, "destruction:request") ? prepareDestructionAction : null,
      }
    : null;
  const ledger = can(actor, "ledger:read") ? await latestLedger(actor, ledgerShown) : null;
  const checkedOn = lawTable.map((law) => law.checkedOn).sort()[0] ?? "";
  const add = (
    <LinkButton href="/retention/policies/new" icon={<Icon name="plus" />}>
      {t("policies.add")}
    </LinkButton>
  );
  return (
    <>
      <PageHeader
        title={t("title")}
        sub={
          calendar.overdue > 0
            ? t("overview.subOverdue", { overdue: calendar.overdue })
            : calendar.due > 0
              ? t("overview.subDue", { due: calendar.due })
              : t("overview.sub")
        }
        actions={
          <>
            <LinkButton href="/retention/settings">{t("overview.settings")}</LinkButton>
            {mayEdit ? add : null}
          </>
        }
      />
      <RetentionTabs tab="overview" counts={counts} />
      {uncovered.length > 0 ? (
        <Callout kind="warn" title={t("overview.noPolicyTitle", { count: uncovered.length })}>
          {t("overview.noPolicy", { names: uncovered.map(({ name }) => name).join(", ") })}
        </Callout>
      ) : null}
      <Section
        title={t("overview.policies")}
        note={t("overview.policiesNote")}
        actions={<Link href="/retention/laws">{t("overview.laws", { day: fullDay(checkedOn, locale) })}</Link>}
      >
        {policies.items.length > 0 ? (
          <PolicyTable policies={policies.items.slice(0, shown)} />
        ) : (
          <EmptyState
            title={t("policies.empty.title")}
            starts={
              mayEdit ? [{ title: t("policies.empty.start"), note: t("policies.empty.startNote"), action: add }] : []
            }
          >
            {t("policies.empty.body")}
          </EmptyState>
        )}
        {counts.policies > shown ? (
          <p className="mt-2 text-sm">
            <Link href="/retention/policies">{t("overview.allPolicies")}</Link>
          </p>
        ) : null}
      </Section>
      <div className="mt-7 grid gap-x-9 gap-y-7 min-[1100px]:grid-cols-2">
        <div className="min-w-0">
          <DueCalendar calendar={calendar} search={can(actor, "transcript:search")} now={now} />
        </div>
        <div className="min-w-0">
          <HoldsPanel holds={holds} mayPlace={can(actor, "hold:place")} now={now} />
        </div>
      </div>
      {preview ? (
        <div className="mt-7">
          <PreviewPanel {...preview} now={now} />
        </div>
      ) : null}
      {ledger ? (
        <div className="mt-7">
          <LedgerPanel rows={ledger} />
        </div>
      ) : null}
    </>
  );
}
