import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { DeadlineStrip } from "@/components/today/deadline-strip";
import { RecentChanges } from "@/components/today/recent-changes";
import { TodayEmpty } from "@/components/today/today-empty";
import { WaitingTable } from "@/components/today/waiting-table";
import { PageHeader } from "@/components/ui/page-header";
import { WithRail } from "@/components/ui/section";
import { Segments } from "@/components/ui/tabs";
import { listRecentEvents } from "@/lib/audit/queries";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { addDays, kstDay, kstDayStart, longDay } from "@/lib/clock";
import type { Locale } from "@/lib/locale";
import { listWaiting } from "@/lib/today/queries/list-waiting";
import { forRole, isLate } from "@/lib/today/rules";
import { Role } from "@/prisma/generated/enums";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("today"))("title") };
}

export default async function TodayPage({ searchParams }: { searchParams: Promise<{ role?: string | string[] }> }) {
  const actor = await currentActor();
  const t = await getTranslations("today");
  const locale = (await getLocale()) as Locale;
  const now = new Date();
  const today = kstDay(now);
  const all = await listWaiting(actor, now);
  const { role: asked } = await searchParams;
  const role = Object.values(Role).find((name) => name === asked);
  const things = role ? forRole(all, role) : all;
  const late = all.filter((thing) => isLate(thing, today)).length;
  const soon = all.filter((thing) => thing.dueOn !== null && thing.dueOn <= addDays(today, 7)).length;
  const mayLook = can(actor, "audit:read");
  const changes = mayLook ? await listRecentEvents(actor, kstDayStart(addDays(today, -1)), 8) : [];
  const summary = late > 0 ? "summaryLate" : soon > 0 ? "summaryDated" : all.length > 0 ? "summary" : "nothing";
  const list = things.length > 0 ? <WaitingTable things={things} now={now} /> : <TodayEmpty actor={actor} />;
  return (
    <>
      <PageHeader here={t("title")} title={longDay(now, locale)} sub={t(summary, { count: all.length, late, soon })} />
      <div className="mb-4">
        <Segments
          label={t("tabs")}
          items={[
            { href: "/", label: t("all"), count: all.length, current: !role },
            ...Object.values(Role).map((name) => ({
              href: `/?role=${name}`,
              label: t(`roles.${name}`),
              count: forRole(all, name).length,
              current: role === name,
            })),
          ]}
        />
      </div>
      <DeadlineStrip things={things} today={today} now={now} />
      {mayLook ? (
        <WithRail label={t("rail")} rail={<RecentChanges events={changes} now={now} />}>
          {list}
        </WithRail>
      ) : (
        list
      )}
    </>
  );
}
