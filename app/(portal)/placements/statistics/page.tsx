import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PlacementTabs } from "@/components/placements/placement-tabs";
import { StatisticsFilters } from "@/components/placements/statistics-filters";
import { StatisticsGroups } from "@/components/placements/statistics-groups";
import { StatisticsHours } from "@/components/placements/statistics-hours";
import { StatisticsLine, StatisticsSummary } from "@/components/placements/statistics-summary";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Icon } from "@/components/ui/icon";
import { PageHeader } from "@/components/ui/page-header";
import { currentActor } from "@/lib/auth/session";
import { listPlacementChoices } from "@/lib/placements/queries";
import { getPlacementStatistics } from "@/lib/placements/queries/placement-statistics";
import { placementStatisticsSchema, statisticsFormats } from "@/lib/placements/schema/statistics";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("placements.statistics"))("title") };
}

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function PlacementStatisticsPage({ searchParams }: { searchParams: Search }) {
  const actor = await currentActor();
  const t = await getTranslations("placements");
  const now = new Date();
  const filter = placementStatisticsSchema.parse(await searchParams);
  const [statistics, choices] = await Promise.all([
    getPlacementStatistics(actor, filter, now),
    listPlacementChoices(actor, now),
  ]);
  const kept = { ...filter, skip: filter.skip === 0 ? "" : String(filter.skip) };
  const given = Object.entries(kept).filter(([, value]) => value !== "");
  const address = (more: Record<string, string>) =>
    `/placements/statistics?${new URLSearchParams(Object.entries({ ...kept, ...more }).filter(([, value]) => value !== ""))}`;
  const files = statisticsFormats.map((format) => (
    <form key={format} action="/placements/statistics/export" method="post">
      {given.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Button type="submit" name="format" value={format} icon={<Icon name="download" />}>
        {t(`statistics.export.${format}`)}
      </Button>
    </form>
  ));
  return (
    <>
      <PageHeader
        title={t("statistics.title")}
        sub={t("statistics.about")}
        crumbs={[{ href: "/placements", label: t("title") }]}
        actions={files}
      />
      <PlacementTabs current="statistics" />
      <StatisticsFilters filter={filter} choices={choices} address={address} placementName={statistics.placementName} />
      {statistics.groups.length === 0 ? (
        <EmptyState title={t("statistics.empty.title")}>{t("statistics.empty.body")}</EmptyState>
      ) : (
        <>
          <StatisticsLine statistics={statistics} compare={filter.compare} now={now} />
          <StatisticsSummary statistics={statistics} now={now} />
          <StatisticsGroups groups={statistics.groups} filter={filter} address={address} />
          <StatisticsHours hours={statistics.hours} />
        </>
      )}
    </>
  );
}
