import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { ConfirmForm } from "@/components/form/confirm-form";
import { SelectField } from "@/components/form/field";
import { TextArea } from "@/components/form/text-area";
import { ConsentRecords } from "@/components/privacy/consent-records";
import { StandingStatus } from "@/components/privacy/consent-status";
import { LinkButton } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { KeyValue } from "@/components/ui/key-value";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { Mono } from "@/components/ui/text";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { fullTime } from "@/lib/clock";
import { asLocale } from "@/lib/locale";
import { getConsent } from "@/lib/privacy/queries/consents";
import { consentCode, consentWays } from "@/lib/privacy/rules/consent";
import { withdrawConsentAction } from "../../actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("privacy.consents.records"))("proof") };
}

/** The proof of one answer: which words were asked, when, how, and what became of it. */
export default async function ConsentProofPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await currentActor();
  const now = new Date();
  const proof = await getConsent(actor, (await params).id);
  if (!proof) notFound();
  const t = await getTranslations("privacy.consents");
  const f = await getTranslations("form");
  const locale = asLocale(await getLocale());
  const time = (at: Date) => fullTime(at, locale, true);
  return (
    <>
      <PageHeader
        title={t("records.proof")}
        crumbs={[
          { href: "/privacy/consents", label: t("title") },
          { href: "/privacy/consents/records", label: t("records.title") },
        ]}
        status={<StandingStatus standing={proof.standing} pill />}
        facts={[
          [t("records.user"), <Mono key="user">{proof.handle.slice(0, 10)}</Mono>],
          [proof.channelName, ""],
        ]}
        actions={
          can(actor, "consent:withdraw") && (proof.standing === "given" || proof.standing === "again") ? (
            <ConfirmForm
              action={withdrawConsentAction}
              opener={t("withdraw.act")}
              title={t("withdraw.title")}
              body={t("withdraw.body", { stored: proof.stored, held: proof.held })}
              submit={t("withdraw.act")}
              variant="danger"
              hidden={{ consentId: proof.id }}
              fields={{ how: t("records.how"), note: t("withdraw.note") }}
            >
              <SelectField
                name="how"
                label={t("records.how")}
                defaultValue="chat"
                options={consentWays.map((value) => ({ value, label: t(`ways.${value}`) }))}
              />
              <TextArea name="note" label={t("withdraw.note")} optional={f("optional")} limit={300} rows={2} />
            </ConfirmForm>
          ) : null
        }
      />
      {proof.withdrawal && proof.stored > 0 ? (
        <Callout
          kind="bad"
          title={t("withdraw.left", { stored: proof.stored })}
          actions={
            can(actor, "data-request:record") && proof.sessionId ? (
              <LinkButton size="sm" href={`/privacy/requests/new?session=${proof.sessionId}`}>
                {t("withdraw.request")}
              </LinkButton>
            ) : undefined
          }
        >
          {t("withdraw.leftText", { held: proof.held })}
        </Callout>
      ) : null}
      <div className="mt-5 grid grid-cols-[minmax(0,1fr)_minmax(0,420px)] items-start gap-8 max-[1079px]:grid-cols-1">
        <Section title={t("records.asked")}>
          <p className="rounded-8 border border-line-2 p-4 whitespace-pre-wrap" lang="ko">
            {proof.message}
          </p>
        </Section>
        <Section title={t("records.facts")}>
          <KeyValue
            rows={[
              [
                t("columns.name"),
                <Link key="form" href={`/privacy/consents/${proof.form.id}`}>
                  {consentCode(proof.form.number)} {proof.form.name} v{proof.version}
                </Link>,
              ],
              [
                t("records.hash"),
                <span key="hash" className="mono break-all">
                  {proof.hash}
                </span>,
              ],
              [t("records.approved"), `${proof.approvedBy} · ${time(proof.approvedAt)}`],
              [t("records.at"), time(proof.at)],
              [t("records.how"), t(`ways.${proof.how}`)],
              ...(proof.guardian ? [[t("records.guardian"), t("records.yes")] as const] : []),
              [t("records.recorded"), `${proof.recordedBy} · ${time(proof.recordedAt)}`],
              ...(proof.withdrawal
                ? [
                    [
                      t("standings.withdrawn"),
                      `${time(proof.withdrawal.at)} · ${t(`ways.${proof.withdrawal.how}`)} · ${proof.withdrawal.by}${proof.withdrawal.note ? ` · ${proof.withdrawal.note}` : ""}`,
                    ] as const,
                  ]
                : []),
            ]}
          />
        </Section>
      </div>
      {proof.others.length > 0 ? (
        <Section title={t("records.others")}>
          <ConsentRecords rows={proof.others} now={now} />
        </Section>
      ) : null}
    </>
  );
}
