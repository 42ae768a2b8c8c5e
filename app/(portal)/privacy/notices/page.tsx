import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { NoticeStatus } from "@/components/privacy/notice-status";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { Status } from "@/components/ui/status";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { daysBetween, kstDay, shortDay } from "@/lib/clock";
import { asLocale } from "@/lib/locale";
import { listNotices } from "@/lib/privacy/queries/list-notices";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("privacy.notices"))("title") };
}

const home = "/privacy/notices";
const waits = ["approved", "requested", "declined", "applied", "differs"];

/** The first automatic notice of each channel (guide 3-1): what users see, what is on its way, and what is wrong with it. */
export default async function NoticesPage({ searchParams }: { searchParams: Promise<{ after?: string | string[] }> }) {
  const actor = await currentActor();
  const now = new Date();
  const { after } = await searchParams;
  const page = await listNotices(actor, typeof after === "string" ? after : null, now);
  const t = await getTranslations("privacy.notices");
  const locale = asLocale(await getLocale());
  return (
    <>
      <PageHeader
        title={t("title")}
        sub={t("about")}
        actions={can(actor, "consignee-list:read") ? <LinkButton href="/privacy">{t("findings")}</LinkButton> : null}
      />
      {page.items.length === 0 ? (
        <EmptyState title={t("empty.title")}>{t("empty.body")}</EmptyState>
      ) : (
        <>
          <Table
            caption={t("title")}
            head={
              <>
                <Th>{t("columns.channel")}</Th>
                <Th>{t("columns.seen")}</Th>
                <Th>{t("columns.newest")}</Th>
                <Th>{t("columns.findings")}</Th>
              </>
            }
          >
            {page.items.map(({ channel, newest, seen, findings }) => (
              <Tr key={channel.id}>
                <TdName href={`${home}/${channel.id}`} second={`@${channel.searchId}`}>
                  {channel.name}
                </TdName>
                <Td nowrap second={seen ? t("since", { day: shortDay(seen.from, locale, now) }) : undefined}>
                  {seen ? (
                    <Status kind="ok">v{seen.number}</Status>
                  ) : (
                    <Status kind={channel.live ? "bad" : "off"}>{t("noneSeen")}</Status>
                  )}
                </Td>
                <Td
                  nowrap
                  second={
                    newest && waits.includes(newest.state)
                      ? t("waiting", { days: daysBetween(kstDay(newest.since), kstDay(now)) })
                      : undefined
                  }
                >
                  {newest ? (
                    <NoticeStatus state={newest.state} number={newest.number} />
                  ) : (
                    <span className="text-fg-3">{t("noVersion")}</span>
                  )}
                </Td>
                <Td>
                  {findings.length > 0 ? (
                    <Status kind="warn">{t("faults", { count: findings.length })}</Status>
                  ) : (
                    <span className="text-fg-3">–</span>
                  )}
                </Td>
              </Tr>
            ))}
          </Table>
          <Pagination
            label={t("title")}
            range={t("count", { count: page.items.length })}
            previous={after ? home : null}
            next={page.next && `${home}?after=${encodeURIComponent(page.next)}`}
          />
        </>
      )}
    </>
  );
}
