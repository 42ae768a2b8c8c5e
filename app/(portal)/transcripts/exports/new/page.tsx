import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ExportForm } from "@/components/transcripts/export-form";
import { ExportWhat } from "@/components/transcripts/export-what";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { ListLink } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { categories } from "@/lib/retention/rules/categories";
import { planExport } from "@/lib/transcripts/commands/request-export";
import { exportPurposes } from "@/lib/transcripts/queries/list-exports";
import { listTranscriptChoices } from "@/lib/transcripts/queries/list-transcripts";
import { exportHours, mostExported } from "@/lib/transcripts/rules/exports";
import { exportFilterSchema } from "@/lib/transcripts/schema/exports";
import { requestExportAction } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("transcripts.exports"))("newTitle") };
}

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function NewExportPage({ searchParams }: { searchParams: Search }) {
  const actor = await currentActor();
  if (!can(actor, "transcript:export")) forbidden();
  const t = await getTranslations("transcripts.exports");
  const l = await getTranslations("transcripts.lists");
  const filter = exportFilterSchema.parse(await searchParams);
  const { channels } = await listTranscriptChoices(actor);
  const plan = await planExport(actor, filter, new Date());
  const purposes = await exportPurposes(actor);
  const { channel, from, to, category, session, ...kept } = filter;
  const channelName = channels.find(({ id }) => id === channel)?.name ?? null;
  const most = mostExported.ndjson;
  const many = plan.sessions + plan.apart > most;
  return (
    <>
      <PageHeader
        title={t("newTitle")}
        sub={t("newAbout", { hours: exportHours })}
        crumbs={[
          { href: "/transcripts", label: l("title") },
          { href: "/transcripts/exports", label: t("title") },
        ]}
      />
      <Section title={t("choose")}>
        <form action="/transcripts/exports/new" method="get" className="max-w-160">
          {Object.entries(kept).map(([name, value]) =>
            value ? <input key={name} type="hidden" name={name} value={value} /> : null,
          )}
          <div className="grid grid-cols-2 gap-x-4 max-desk:grid-cols-1">
            <Choice name="channel" label={t("channel")} all={t("allChannels")} value={channel}>
              {channels.map(({ id, name, searchId }) => ({ value: id, label: `${name} @${searchId}` }))}
            </Choice>
            <Choice name="category" label={t("category")} all={t("allCategories")} value={category}>
              {categories.map((one) => ({ value: one, label: l(`categories.${one}`) }))}
            </Choice>
            <Line name="from" type="date" label={t("from")} value={from} />
            <Line name="to" type="date" label={t("to")} value={to} />
            <Line name="session" type="text" label={t("session")} value={session} />
          </div>
          <div className="mb-4 flex items-center gap-3">
            <Button type="submit">{t("count")}</Button>
            {Object.values(filter).some(Boolean) ? (
              <ListLink href="/transcripts/exports/new">{t("clear")}</ListLink>
            ) : null}
          </div>
        </form>
      </Section>
      <Callout
        kind={plan.sessions + plan.apart === 0 || many ? "warn" : "note"}
        title={many ? t("plannedMany", { count: most }) : t("planned", { count: plan.sessions })}
      >
        <p>
          <ExportWhat filter={filter} channel={channelName} />. {t("plannedNote")}
        </p>
        {plan.apart > 0 ? <p>{t("apart", { count: plan.apart })}</p> : null}
      </Callout>
      <Section title={t("open")}>
        {purposes.length === 0 ? (
          <p className="text-sm text-fg-2">{t("noPurpose")}</p>
        ) : (
          <ExportForm action={requestExportAction} filter={filter} purposes={purposes} />
        )}
      </Section>
    </>
  );
}

type Option = { value: string; label: string };

function Choice({
  name,
  label,
  all,
  value,
  children,
}: {
  name: string;
  label: string;
  all: string;
  value: string | undefined;
  children: readonly Option[];
}) {
  return (
    <div className="field">
      <label className="label" htmlFor={`narrow-${name}`}>
        {label}
      </label>
      <select id={`narrow-${name}`} className="input" name={name} defaultValue={value ?? ""}>
        <option value="">{all}</option>
        {children.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}

function Line({ name, type, label, value }: { name: string; type: string; label: string; value: string | undefined }) {
  return (
    <div className="field">
      <label className="label" htmlFor={`narrow-${name}`}>
        {label}
      </label>
      <input id={`narrow-${name}`} className="input" name={name} type={type} defaultValue={value ?? ""} />
    </div>
  );
}
