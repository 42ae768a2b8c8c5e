import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ActionForm } from "@/components/form/action-form";
import { SelectField, TextField } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import { ConsentRecords } from "@/components/privacy/consent-records";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { Segments } from "@/components/ui/tabs";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { listConsents } from "@/lib/privacy/queries/consents";
import { listChannelChoices } from "@/lib/privacy/queries/privacy-channels";
import type { ConsentStanding } from "@/lib/privacy/rules/consent";
import { findConsentsAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("privacy.consents.records"))("title") };
}

const home = "/privacy/consents/records";
const standings = ["given", "again", "refused", "withdrawn"] as const;

type Search = Promise<Record<"form" | "standing" | "after", string | string[] | undefined>>;

/** What users answered, the latest first; one user is found by user_key, on the record. */
export default async function ConsentRecordsPage({ searchParams }: { searchParams: Search }) {
  const actor = await currentActor();
  const now = new Date();
  const { form, standing: asked, after } = await searchParams;
  if (Array.isArray(form)) redirect(home);
  const standing = standings.find((one) => one === asked);
  const page = await listConsents(actor, {
    ...(form ? { formId: form } : {}),
    ...(standing ? { standing } : {}),
    after: typeof after === "string" ? after : null,
  });
  const channels = await listChannelChoices(actor, "consent:read");
  const t = await getTranslations("privacy.consents");
  const f = await getTranslations("form");
  const address = (more: { standing?: ConsentStanding | undefined; after?: string | null }) => {
    const given = Object.entries({ form, standing, ...more }).flatMap(([name, value]) =>
      value ? [[name, value]] : [],
    );
    return given.length > 0 ? `${home}?${new URLSearchParams(given)}` : home;
  };
  return (
    <>
      <PageHeader
        title={t("records.title")}
        sub={t("records.about")}
        crumbs={[{ href: "/privacy/consents", label: t("title") }]}
        actions={
          can(actor, "consent:record") ? (
            <LinkButton variant="primary" href={`${home}/new${form ? `?form=${form}` : ""}`}>
              {t("record")}
            </LinkButton>
          ) : null
        }
      />
      <ActionForm
        action={findConsentsAction}
        summary={t("records.find")}
        working={f("working")}
        fields={{ channelId: t("columns.channel"), userKey: t("records.userKey") }}
        className="mb-4 flex flex-wrap items-end gap-3"
      >
        <SelectField
          name="channelId"
          label={t("columns.channel")}
          options={channels.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <TextField name="userKey" label={t("records.userKey")} maxLength={20} />
        <SubmitButton variant="default">{t("records.find")}</SubmitButton>
      </ActionForm>
      <Segments
        label={t("columns.state")}
        items={[
          { href: address({ standing: undefined }), label: t("all"), current: !standing },
          ...standings.map((one) => ({
            href: address({ standing: one }),
            label: t(`standings.${one}`),
            current: one === standing,
          })),
        ]}
      />
      {page.items.length > 0 ? (
        <div className="mt-4">
          <ConsentRecords rows={page.items} now={now} />
          <Pagination
            label={t("records.title")}
            range={t("records.count", { count: page.items.length })}
            previous={after ? address({}) : null}
            next={page.next && address({ after: page.next })}
          />
        </div>
      ) : (
        <EmptyState title={t("records.empty")}>{t("records.emptyBody")}</EmptyState>
      )}
    </>
  );
}
