import type { Metadata } from "next";
import { forbidden, notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { AuditFilters } from "@/components/audit/audit-filters";
import { AuditTable } from "@/components/audit/audit-table";
import { EntryBeside } from "@/components/audit/entry-beside";
import { EventPanel } from "@/components/audit/event-panel";
import { VerificationBanner } from "@/components/audit/verification-banner";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { Button, LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Icon } from "@/components/ui/icon";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { getAuditEvent, getChainState, listAuditActors, listAuditEvents } from "@/lib/audit/queries";
import { type AuditCursor, auditFilterSchema, auditPageSchema } from "@/lib/audit/schema";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { Forbidden } from "@/lib/errors";
import { verifyAuditAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("audit"))("title") };
}

type Search = Record<string, string | string[] | undefined>;

export default async function AuditPage({ searchParams }: { searchParams: Promise<Search> }) {
  const actor = await currentActor();
  const [t, f] = await Promise.all([getTranslations("audit"), getTranslations("form")]);
  const now = new Date();
  const search = await searchParams;
  const filter = auditFilterSchema.parse(search);
  const { after, before, event: chosen } = auditPageSchema.parse(search);
  const page = await listAuditEvents(actor, filter, { after, before }).catch((error: unknown) => {
    if (error instanceof Forbidden) forbidden();
    throw error;
  });
  const [actors, chain, event] = await Promise.all([
    listAuditActors(actor),
    getChainState(actor),
    chosen ? getAuditEvent(actor, chosen) : null,
  ]);
  if (chosen && !event) notFound();
  const conditions = Object.entries(filter).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const place = [...(after ? [["after", written(after)]] : []), ...(before ? [["before", written(before)]] : [])] as [
    string,
    string,
  ][];
  const at = (...more: [string, string][]) => address([...conditions, ...more]);
  const table = (
    <AuditTable
      rows={page.rows}
      hrefOf={(id) => `${at(...place, ["event", id])}#entry`}
      chosen={event?.id}
      brokenAt={chain.last?.sound === false ? (chain.last.fault?.seq ?? null) : null}
      now={now}
    />
  );
  const numbers = page.rows.flatMap(({ seq }) => seq ?? []);
  return (
    <>
      <PageHeader
        title={t("title")}
        sub={t("sub")}
        wide
        actions={
          can(actor, "audit:export") ? (
            <>
              <LinkButton href="/audit/access">{t("access.title")}</LinkButton>
              <form action="/audit/checkpoint" method="post">
                <Button type="submit" icon={<Icon name="shield-check" />}>
                  {t("takeCheckpoint")}
                </Button>
              </form>
              <form action="/audit/export" method="post">
                {conditions.map(([name, value]) => (
                  <input key={name} type="hidden" name={name} value={value} />
                ))}
                <Button type="submit" icon={<Icon name="download" />}>
                  {t("export")}
                </Button>
              </form>
            </>
          ) : can(actor, "access-record:read") ? (
            <LinkButton href="/audit/access">{t("access.title")}</LinkButton>
          ) : null
        }
      />
      <VerificationBanner
        last={chain.last}
        kept={chain.kept}
        unsealed={chain.unsealed}
        now={now}
        action={
          can(actor, "audit:verify") ? (
            <ActionForm action={verifyAuditAction} summary={t("banner.verify")} working={f("working")}>
              <SubmitButton variant="default" size="sm">
                {t("banner.verify")}
              </SubmitButton>
            </ActionForm>
          ) : null
        }
      />
      <AuditFilters filter={filter} actors={actors}>
        {t("kept")}
      </AuditFilters>
      {page.rows.length === 0 ? (
        <EmptyState title={conditions.length > 0 ? t("noMatch") : t("empty")}>
          {conditions.length > 0 ? t("noMatchNote") : t("emptyNote")}
        </EmptyState>
      ) : event ? (
        <EntryBeside label={t("rail")} list={table}>
          <EventPanel event={event} closeHref={at(...place)} />
        </EntryBeside>
      ) : (
        table
      )}
      {page.rows.length > 0 ? (
        <Pagination
          label={t("list")}
          range={
            numbers.length > 0 ? t("range", { first: Math.max(...numbers), last: Math.min(...numbers) }) : t("waiting")
          }
          previous={page.newer && at(["before", written(page.newer)])}
          next={page.older && at(["after", written(page.older)])}
        />
      ) : null}
    </>
  );
}

function written({ at, id }: AuditCursor): string {
  return `${at}_${id}`;
}

function address(search: [string, string][]): string {
  return search.length > 0 ? `/audit?${new URLSearchParams(search)}` : "/audit";
}
