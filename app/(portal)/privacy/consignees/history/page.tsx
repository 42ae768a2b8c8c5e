import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { ConsigneeChanges } from "@/components/privacy/consignee-changes";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Hash } from "@/components/ui/text";
import { Time } from "@/components/ui/time";
import { currentActor } from "@/lib/auth/session";
import { fullDay } from "@/lib/clock";
import { asLocale } from "@/lib/locale";
import { listConsigneeLists } from "@/lib/privacy/queries/consignee-lists";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("privacy.consignees"))("history") };
}

const home = "/privacy/consignees/history";

/** Every list that was published, with what it changed and why. */
export default async function ConsigneeHistoryPage({
  searchParams,
}: {
  searchParams: Promise<{ after?: string | string[] }>;
}) {
  const actor = await currentActor();
  const { after } = await searchParams;
  const now = new Date();
  const page = await listConsigneeLists(actor, typeof after === "string" ? after : null);
  const t = await getTranslations("privacy.consignees");
  const locale = asLocale(await getLocale());
  return (
    <>
      <PageHeader
        title={t("history")}
        sub={t("historyAbout")}
        crumbs={[{ href: "/privacy/consignees", label: t("title") }]}
      />
      {page.items.length === 0 ? (
        <EmptyState title={t("noHistory")}>{t("empty.body")}</EmptyState>
      ) : (
        <>
          <Table
            caption={t("history")}
            head={
              <>
                <Th>{t("number")}</Th>
                <Th>{t("effectiveOn")}</Th>
                <Th>{t("changed")}</Th>
                <Th phone="hide">{t("reason")}</Th>
                <Th>{t("publishedBy")}</Th>
                <Th phone="hide">SHA-256</Th>
              </>
            }
          >
            {page.items.map((list) => (
              <Tr key={list.number}>
                <Td>{list.number}</Td>
                <Td nowrap>{fullDay(list.effectiveOn, locale)}</Td>
                <Td>
                  <ConsigneeChanges changes={list.changes} />
                </Td>
                <Td phone="hide">{list.reason}</Td>
                <Td second={<Time at={list.at} now={now} />}>{list.by}</Td>
                <Td phone="hide">
                  <Hash value={list.hash} />
                </Td>
              </Tr>
            ))}
          </Table>
          <Pagination
            label={t("history")}
            range={t("lists", { count: page.items.length })}
            previous={after ? home : null}
            next={page.next && `${home}?after=${page.next}`}
          />
        </>
      )}
    </>
  );
}
