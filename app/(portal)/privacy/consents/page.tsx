import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ConsentTable } from "@/components/privacy/consent-table";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Icon } from "@/components/ui/icon";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { Segments } from "@/components/ui/tabs";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { listConsentForms } from "@/lib/privacy/queries/consent-forms";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("privacy.consents"))("title") };
}

const home = "/privacy/consents";

/** Consent forms (개인정보 수집·이용 동의), each asked apart from the others. */
export default async function ConsentsPage({
  searchParams,
}: {
  searchParams: Promise<{ after?: string | string[]; show?: string | string[] }>;
}) {
  const actor = await currentActor();
  const { after, show } = await searchParams;
  const retired = show === "all";
  const page = await listConsentForms(actor, { after: typeof after === "string" ? after : null, retired });
  const t = await getTranslations("privacy.consents");
  const address = (next: string | null) =>
    `${home}${retired || next ? "?" : ""}${new URLSearchParams([
      ...(retired ? [["show", "all"]] : []),
      ...(next ? [["after", next]] : []),
    ])}`;
  return (
    <>
      <PageHeader
        title={t("title")}
        sub={t("about")}
        actions={
          <>
            {can(actor, "consent:read") ? <LinkButton href={`${home}/records`}>{t("records.title")}</LinkButton> : null}
            {can(actor, "consent-form:edit") ? (
              <LinkButton variant="primary" href={`${home}/new`} icon={<Icon name="plus" />}>
                {t("new")}
              </LinkButton>
            ) : null}
          </>
        }
      />
      <Segments
        label={t("columns.state")}
        items={[
          { href: home, label: t("asked"), current: !retired },
          { href: `${home}?show=all`, label: t("all"), current: retired },
        ]}
      />
      {page.items.length > 0 ? (
        <div className="mt-4">
          <ConsentTable forms={page.items} />
          <Pagination
            label={t("title")}
            range={t("count", { count: page.items.length })}
            previous={after ? address(null) : null}
            next={page.next && address(page.next)}
          />
        </div>
      ) : (
        <EmptyState title={t("empty.title")}>{t("empty.body")}</EmptyState>
      )}
    </>
  );
}
