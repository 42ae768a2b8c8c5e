import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { RetentionTabs } from "@/components/retention/retention-tabs";
import { ChannelStatistics, DestroyedStatistics, PeriodStatistics } from "@/components/retention/statistics-tables";
import { EmptyState } from "@/components/ui/empty-state";
import { ListLink } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { monthName } from "@/lib/clock";
import { retentionCounts } from "@/lib/retention/queries/retention-counts";
import { getStatistics } from "@/lib/retention/queries/statistics";
import { besides } from "@/lib/retention/rules/statistics";
import { type StatisticsFilter, statisticsSchema } from "@/lib/retention/schema/statistics";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("retention.tabs"))("statistics") };
}

type Search = Promise<Record<string, string | string[] | undefined>>;

const home = "/retention/statistics";

export default async function StatisticsPage({ searchParams }: { searchParams: Search }) {
  const actor = await currentActor();
  if (!can(actor, "destruction:read")) forbidden();
  const now = new Date();
  const filter = statisticsSchema.parse(await searchParams);
  const { month, channel } = filter;
  const statistics = await getStatistics(actor, filter, now);
  const counts = await retentionCounts(actor, now);
  const t = await getTranslations("retention");
  const locale = await getLocale();
  const { period, total } = statistics;
  const { before, after } = besides(period, now);
  const near = (at: string) => address(month ? { month: at, channel } : { until: at, channel });
  const one = channel ? statistics.channels[0] : undefined;
  const count = (value: number) => value.toLocaleString(locale);
  return (
    <>
      <PageHeader
        title={t("title")}
        sub={t("statistics.about")}
        actions={
          <a className="btn" href={address(filter, `${home}/export`)} download>
            {t("statistics.csv")}
          </a>
        }
      />
      <RetentionTabs tab="statistics" counts={counts} />
      <p className="mb-4 text-sm">
        <b className="font-semibold">
          {month ? monthName(month, locale) : `${monthName(period.from, locale)} – ${monthName(period.to, locale)}`}
          {one ? ` · ${one.name}` : ""}
        </b>{" "}
        {t("statistics.total", { received: count(total.received), destroyed: count(total.destroyed) })}
      </p>
      {total.received + total.destroyed > 0 ? (
        <>
          <PeriodStatistics {...statistics} monthHref={(at) => address({ month: at, channel })} now={now}>
            <Steps
              links={[
                [near(before), t("statistics.before")],
                ...(after ? [[near(after), t("statistics.after")] as const] : []),
                ...(month ? [[address({ channel }), t("statistics.twelve")] as const] : []),
                ...(channel
                  ? [[address({ ...filter, channel: undefined }), t("statistics.allChannels")] as const]
                  : []),
              ]}
            />
          </PeriodStatistics>
          {channel ? null : (
            <div className="mt-7">
              <ChannelStatistics
                channels={statistics.channels}
                count={statistics.channelCount}
                href={(id) => address({ ...filter, channel: id })}
              />
            </div>
          )}
          <DestroyedStatistics {...statistics} />
        </>
      ) : (
        <>
          <EmptyState title={t("statistics.empty.title")}>{t("statistics.empty.body")}</EmptyState>
          <Steps
            links={[
              [near(before), t("statistics.before")],
              [home, t("statistics.twelve")],
            ]}
          />
        </>
      )}
    </>
  );
}

function Steps({ links }: { links: readonly (readonly [href: string, word: string])[] }) {
  return (
    <span className="flex flex-wrap gap-x-4 text-sm">
      {links.map(([href, word]) => (
        <ListLink key={word} href={href}>
          {word}
        </ListLink>
      ))}
    </span>
  );
}

function address({ month, until, channel }: StatisticsFilter, at = home): string {
  const given = Object.entries({ month, until, channel }).flatMap(([name, value]) => (value ? [[name, value]] : []));
  return given.length > 0 ? `${at}?${new URLSearchParams(given)}` : at;
}
