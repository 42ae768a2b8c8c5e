import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ConfirmForm } from "@/components/form/confirm-form";
import { TextField } from "@/components/form/field";
import { AttachmentHostTable } from "@/components/transcripts/attachment-host-table";
import { NotKeptTable } from "@/components/transcripts/not-kept-table";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { Section } from "@/components/ui/section";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { listAttachmentHosts, listNotKept } from "@/lib/transcripts/queries/attachment-hosts";
import { reclaimDays } from "@/lib/transcripts/rules/file-keeping";
import { notKeptFilterSchema } from "@/lib/transcripts/schema/hosts";
import { allowAttachmentHostAction, refuseAttachmentHostAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("transcripts.files"))("title") };
}

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function FilesPage({ searchParams }: { searchParams: Search }) {
  const actor = await currentActor();
  const t = await getTranslations("transcripts.files");
  const l = await getTranslations("transcripts.lists");
  const filter = notKeptFilterSchema.parse(await searchParams);
  const [hosts, page] = await Promise.all([listAttachmentHosts(actor), listNotKept(actor, filter)]);
  const now = new Date();
  const mayRead = can(actor, "transcript:search");
  const edits = can(actor, "attachment-host:edit")
    ? { allow: allowAttachmentHostAction, refuse: refuseAttachmentHostAction }
    : null;
  const query = (more: Record<string, string>) =>
    `/transcripts/files?${new URLSearchParams({ ...(filter.host ? { host: filter.host } : {}), ...more })}`;
  return (
    <>
      <PageHeader
        title={t("title")}
        sub={t("about")}
        crumbs={mayRead ? [{ href: "/transcripts", label: l("title") }] : []}
        actions={
          edits ? (
            <ConfirmForm
              action={edits.allow}
              opener={t("add")}
              title={t("add")}
              body={t("addNote")}
              submit={t("allow")}
              variant="primary"
              fields={{ host: t("column.host") }}
            >
              <TextField name="host" label={t("column.host")} hint={t("hostHint")} maxLength={255} />
            </ConfirmForm>
          ) : null
        }
      />
      <Section title={t("hosts")} count={hosts.length} note={t("hostsNote")}>
        {hosts.length === 0 ? (
          <EmptyState title={t("noHosts")}>{t("noHostsBody")}</EmptyState>
        ) : (
          <AttachmentHostTable hosts={hosts} edits={edits} reclaimDays={reclaimDays} now={now} />
        )}
      </Section>
      <Section title={t("notKept")} note={t("notKeptNote")}>
        {page.items.length === 0 ? (
          <EmptyState title={t("noneNotKept")}>{t("noneNotKeptBody")}</EmptyState>
        ) : (
          <>
            <NotKeptTable files={page.items} linked={mayRead} now={now} />
            <Pagination
              label={t("notKept")}
              range={t("range", { count: page.items.length })}
              previous={page.previous && query({ before: page.previous })}
              next={page.next && query({ after: page.next })}
            />
          </>
        )}
      </Section>
    </>
  );
}
