import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ConfirmForm } from "@/components/form/confirm-form";
import { ConsentApproval } from "@/components/privacy/consent-approval";
import { ConsentStatus } from "@/components/privacy/consent-status";
import { LinkButton } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { KeyValue } from "@/components/ui/key-value";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { Section, WithRail } from "@/components/ui/section";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { getConsentForm } from "@/lib/privacy/queries/consent-forms";
import { consentButtons, consentCode } from "@/lib/privacy/rules/consent";
import {
  approveConsentAction,
  rejectConsentAction,
  retireConsentFormAction,
  submitConsentAction,
  withdrawConsentRequestAction,
} from "../actions";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("privacy.consents"))("title") };
}

export default async function ConsentFormPage({ params }: Props) {
  const actor = await currentActor();
  const now = new Date();
  const form = await getConsentForm(actor, (await params).id, now);
  if (!form) notFound();
  const t = await getTranslations("privacy.consents");
  const at = `/privacy/consents/${form.id}`;
  const own = form.authorIds.includes(actor.personId) || form.submitterId === actor.personId;
  const open = form.retiredAt === null;
  const draft = open && (form.state === "draft" || form.state === "rejected");
  const mayDecide = open && can(actor, "consent-form:approve") && !own;
  const maySubmit = can(actor, "consent-form:submit");
  const records = (standing: string) => `/privacy/consents/records?form=${form.id}&standing=${standing}`;
  return (
    <>
      <PageHeader
        title={form.name}
        crumbs={[{ href: "/privacy/consents", label: t("title") }]}
        status={open ? <ConsentStatus state={form.state} pill /> : <Status kind="off">{t("retired")}</Status>}
        facts={[
          [consentCode(form.number), ""],
          [t("columns.kind"), t(`kinds.${form.kind}`)],
          [t("columns.channel"), form.channel?.name ?? t("everyChannel")],
        ]}
        actions={
          open ? (
            <>
              {can(actor, "consent-form:retire") ? (
                <ConfirmForm
                  action={retireConsentFormAction}
                  opener={t("retire")}
                  title={t("retireTitle", { name: form.name })}
                  body={t("retireBody")}
                  submit={t("retire")}
                  variant="danger"
                  hidden={{ formId: form.id }}
                />
              ) : null}
              {can(actor, "consent-form:edit") ? <LinkButton href={`${at}/edit`}>{t("edit")}</LinkButton> : null}
              {can(actor, "consent:record") && form.asked ? (
                <LinkButton variant="primary" href={`/privacy/consents/records/new?form=${form.id}`}>
                  {t("record")}
                </LinkButton>
              ) : null}
            </>
          ) : null
        }
      />
      {form.periodMoved ? (
        <Callout kind="bad" title={t("moved.title")}>
          {t("moved.text", { sent: form.periodMoved.sent, now: form.periodMoved.now || "–" })}
        </Callout>
      ) : null}
      {form.counts.again > 0 ? (
        <div className="mt-3">
          <Callout
            kind="warn"
            title={t("again.title", { count: form.counts.again })}
            actions={
              can(actor, "consent:read") ? (
                <LinkButton size="sm" href={records("again")}>
                  {t("again.list")}
                </LinkButton>
              ) : undefined
            }
          >
            {t("again.text")}
          </Callout>
        </div>
      ) : null}
      <WithRail
        label={t("approval.rail")}
        rail={
          <ConsentApproval
            form={form}
            acts={{
              submit: draft && maySubmit ? submitConsentAction : null,
              withdraw: maySubmit && open ? withdrawConsentRequestAction : null,
              approve: mayDecide ? approveConsentAction : null,
              reject: mayDecide ? rejectConsentAction : null,
              own,
            }}
            now={now}
          />
        }
      >
        {form.asked ? (
          <Section
            title={t("askedNow", { number: form.asked.version.number })}
            note={t("askedBy", { by: form.asked.by })}
          >
            <Message text={form.asked.message} />
          </Section>
        ) : null}
        {form.state === "approved" && !form.periodMoved ? null : (
          <Section title={t("newest", { number: form.version })}>
            <Message text={form.message} />
          </Section>
        )}
        <Section title={t("counts")}>
          <KeyValue
            rows={(["given", "again", "refused", "withdrawn"] as const).map((standing) => [
              t(`standings.${standing}`),
              can(actor, "consent:read") && form.counts[standing] > 0 ? (
                <Link key={standing} href={records(standing)}>
                  {t("people", { count: form.counts[standing] })}
                </Link>
              ) : (
                t("people", { count: form.counts[standing] })
              ),
            ])}
          />
        </Section>
        <Section title={t("steps")}>
          <ul className="grid gap-2">
            {form.steps.map((step) => (
              <li key={step.id}>
                v{step.number} {t(`stepKinds.${step.kind}`)} · {step.by} · <Time at={step.at} now={now} />
                {step.note ? <span className="block text-fg-3">{step.note}</span> : null}
              </li>
            ))}
            {form.versions.map((version) => (
              <li key={version.id} className="text-fg-3">
                v{version.number} {t("savedStep")} · {version.by} · <Time at={version.at} now={now} />
              </li>
            ))}
          </ul>
        </Section>
      </WithRail>
    </>
  );
}

/** The message as the user sees it, with its two buttons. */
function Message({ text }: { text: string }) {
  return (
    <div className="max-w-90 rounded-8 border border-line-2 p-4" lang="ko">
      <p className="whitespace-pre-wrap">{text}</p>
      <p className="mt-3 grid gap-2">
        {consentButtons.map((label) => (
          <span key={label} className="rounded-6 border border-line-2 px-3 py-2 text-center">
            {label}
          </span>
        ))}
      </p>
    </div>
  );
}
