import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { ConsigneeChanges } from "@/components/privacy/consignee-changes";
import { ConsigneeForm } from "@/components/privacy/consignee-form";
import { ConsigneeTable } from "@/components/privacy/consignee-table";
import { LinkButton } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { CopyButton } from "@/components/ui/copy-button";
import { EmptyState } from "@/components/ui/empty-state";
import { Icon } from "@/components/ui/icon";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { fullDay, kstDay } from "@/lib/clock";
import { env } from "@/lib/env";
import { asLocale } from "@/lib/locale";
import { getConsignees } from "@/lib/privacy/queries/consignee-lists";
import { publishConsigneesAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("privacy.consignees"))("title") };
}

const formats = ["html", "md", "csv", "docx"] as const;

/** The list of consignees: what is published, what contracts say today, and the way from one to the other. */
export default async function ConsigneesPage() {
  const actor = await currentActor();
  const now = new Date();
  const { generated, newest, standing, changes, slug } = await getConsignees(actor, now);
  const t = await getTranslations("privacy.consignees");
  const locale = asLocale(await getLocale());
  const address = `${env().DAMSO_URL}/o/${slug}/consignees`;
  const today = kstDay(now);
  const from = newest && newest.effectiveOn > today ? newest.effectiveOn : today;
  const differs = changes.length > 0;
  return (
    <>
      <PageHeader
        title={t("title")}
        sub={t("about")}
        actions={
          <>
            <LinkButton href="/privacy/consignees/history">{t("history")}</LinkButton>
            {standing ? (
              <LinkButton href={address} prefetch={false}>
                {t("open")}
              </LinkButton>
            ) : null}
          </>
        }
      />
      {newest && differs ? (
        <Callout kind="bad" title={t("differs", { count: changes.length })}>
          <ConsigneeChanges changes={changes} />
        </Callout>
      ) : null}
      {standing ? (
        <div className="mt-5">
          <Section
            title={t("standing", { number: standing.number })}
            note={t("standingNote", { day: fullDay(standing.effectiveOn, locale), by: standing.by })}
          >
            <ConsigneeTable caption={t("title")} entries={standing.entries} />
            <p className="mt-3 flex flex-wrap items-center gap-2">
              <span className="mono break-all">{address}</span>
              <CopyButton text={address} label={t("copy")} done={t("copied")} icon={<Icon name="copy" />} small />
            </p>
            <p className="mt-2 flex flex-wrap items-center gap-2">
              {t("paste")}
              {formats.map((format) => (
                <LinkButton key={format} size="sm" href={`/privacy/consignees/files/${format}`} prefetch={false}>
                  {t(`formats.${format}`)}
                </LinkButton>
              ))}
            </p>
          </Section>
        </div>
      ) : null}
      {newest && newest.number !== standing?.number ? (
        <div className="mt-5">
          <Callout
            kind="waiting"
            title={t("coming", { number: newest.number, day: fullDay(newest.effectiveOn, locale) })}
          >
            {newest.reason}
          </Callout>
        </div>
      ) : null}
      {newest && !differs ? <p className="mt-5 text-fg-3">{t("same")}</p> : null}
      {generated.entries.length === 0 ? (
        <EmptyState title={t("empty.title")}>{t("empty.body")}</EmptyState>
      ) : can(actor, "consignee-list:publish") ? (
        <div className="mt-7">
          <Section title={t("publishTitle")} note={t("publishNote")}>
            <ConsigneeForm
              key={generated.hash}
              action={publishConsigneesAction}
              number={newest?.number ?? 0}
              generated={generated}
              from={from}
            />
          </Section>
        </div>
      ) : differs ? (
        <p className="mt-5 text-fg-3">{t("onlyOfficer")}</p>
      ) : null}
    </>
  );
}
