import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ActionForm } from "@/components/form/action-form";
import { Checkbox, RadioGroup, SelectField, TextField } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { currentActor } from "@/lib/auth/session";
import { listConsentForms } from "@/lib/privacy/queries/consent-forms";
import { listChannelChoices } from "@/lib/privacy/queries/privacy-channels";
import { consentCode, consentWays } from "@/lib/privacy/rules/consent";
import { recordConsentAction } from "../../actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("privacy.consents"))("record") };
}

type Search = Promise<Record<"form" | "session", string | string[] | undefined>>;

/** Enters what a user answered in the chat, on the phone or on paper. */
export default async function NewConsentRecordPage({ searchParams }: { searchParams: Search }) {
  const actor = await currentActor();
  const channels = await listChannelChoices(actor, "consent:record");
  const { form: chosen, session } = await searchParams;
  if (Array.isArray(chosen) || Array.isArray(session)) notFound();
  const forms = (await listConsentForms(actor, {})).items.filter(({ askedVersion }) => askedVersion !== null);
  const t = await getTranslations("privacy.consents");
  const f = await getTranslations("form");
  const labels = {
    ...{ formId: t("columns.name"), channelId: t("columns.channel"), userKey: t("records.userKey") },
    ...{ given: t("records.answer"), how: t("records.how"), at: t("records.at"), session: t("records.session") },
  };
  const one = forms.find(({ id }) => id === chosen);
  return (
    <>
      <PageHeader
        title={t("record")}
        sub={t("recordAbout")}
        crumbs={[
          { href: "/privacy/consents", label: t("title") },
          { href: "/privacy/consents/records", label: t("records.title") },
        ]}
      />
      {forms.length === 0 ? (
        <EmptyState title={t("records.noForm")}>{t("empty.body")}</EmptyState>
      ) : (
        <ActionForm
          action={recordConsentAction}
          summary={t("recordCheck")}
          working={f("working")}
          fields={labels}
          className="max-w-140"
        >
          <SelectField
            name="formId"
            label={labels.formId}
            defaultValue={one?.id}
            options={forms.map(({ id, number, name }) => ({ value: id, label: `${consentCode(number)} ${name}` }))}
          />
          <SelectField
            name="channelId"
            label={labels.channelId}
            defaultValue={one?.channel?.id}
            options={channels.map(({ id, name }) => ({ value: id, label: name }))}
          />
          <TextField name="userKey" label={labels.userKey} hint={t("records.userKeyHint")} maxLength={20} />
          <TextField
            name="session"
            label={labels.session}
            hint={t("records.sessionHint")}
            optional={f("optional")}
            defaultValue={session}
            maxLength={36}
          />
          <RadioGroup
            name="given"
            label={labels.given}
            defaultValue="given"
            options={(["given", "refused"] as const).map((value) => ({ value, label: t(`standings.${value}`) }))}
          />
          <SelectField
            name="how"
            label={labels.how}
            defaultValue="chat"
            options={consentWays.map((value) => ({ value, label: t(`ways.${value}`) }))}
          />
          <TextField
            name="at"
            type="datetime-local"
            label={labels.at}
            hint={t("records.atHint")}
            optional={f("optional")}
          />
          <Checkbox name="guardian" label={t("records.guardian")} hint={t("records.guardianHint")} />
          <div className="form-foot">
            <SubmitButton>{t("recordAct")}</SubmitButton>
          </div>
        </ActionForm>
      )}
    </>
  );
}
