import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { LedgerTable } from "@/components/retention/ledger-table";
import { RetentionTabs } from "@/components/retention/retention-tabs";
import { Button, LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { Icon } from "@/components/ui/icon";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { kstDay } from "@/lib/clock";
import { listLedger } from "@/lib/retention/queries/list-ledger";
import { retentionCounts } from "@/lib/retention/queries/retention-counts";
import { ledgerFormats } from "@/lib/retention/rules/ledger";
import { listLedgerSchema } from "@/lib/retention/schema/ledger";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("retention.tabs"))("ledger") };
}

type Search = Promise<Record<string, string | string[] | undefined>>;

const home = "/retention/ledger";

/** Years that are offered as a filter: this one and those before it. */
const offered = 4;

export default async function LedgerPage({ searchParams }: { searchParams: Search }) {
  const actor = await currentActor();
  const now = new Date();
  const { year, after } = listLedgerSchema.parse(await searchParams);
  const page = await listLedger(actor, { year, after });
  const counts = await retentionCounts(actor, now);
  const t = await getTranslations("retention");
  const address = (more: Record<string, string | null | undefined>) => {
    const given = Object.entries({ year, ...more }).flatMap(([name, value]) => (value ? [[name, value]] : []));
    return given.length > 0 ? `${home}?${new URLSearchParams(given)}` : home;
  };
  const thisYear = Number(kstDay(now).slice(0, 4));
  const years = Array.from({ length: offered }, (_, back) => String(thisYear - back));
  return (
    <>
      <PageHeader
        title={t("title")}
        sub={t("ledger.about")}
        actions={
          <>
            {ledgerFormats.map((format) => (
              <form key={format} action="/retention/ledger/export" method="post">
                {year ? <input type="hidden" name="year" value={year} /> : null}
                <Button type="submit" name="format" value={format} icon={<Icon name="download" />}>
                  {t(`ledger.export.${format}`)}
                </Button>
              </form>
            ))}
            {can(actor, "ledger:record") ? (
              <LinkButton href="/retention/ledger/new" icon={<Icon name="plus" />}>
                {t("ledger.add")}
              </LinkButton>
            ) : null}
          </>
        }
      />
      <RetentionTabs tab="ledger" counts={counts} />
      <FilterBar
        action={home}
        label={t("ledger.filter")}
        chips={years.map((one) => ({
          href: address({ year: one === year ? null : one }),
          label: t("ledger.year", { year: one }),
          current: one === year,
        }))}
        {...(year ? { clear: home } : {})}
      />
      {page.items.length > 0 ? (
        <>
          <LedgerTable rows={page.items} />
          <Pagination
            label={t("tabs.ledger")}
            range={t("ledger.lines", { count: page.items.length })}
            previous={after ? address({}) : null}
            next={page.next && address({ after: page.next })}
          />
        </>
      ) : year || after ? (
        <p className="text-sm text-fg-3">{t("ledger.noMatch")}</p>
      ) : (
        <EmptyState title={t("ledger.empty.title")}>{t("ledger.empty.body")}</EmptyState>
      )}
    </>
  );
}
