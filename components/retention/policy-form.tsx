import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { RadioGroup, SelectField, TextField } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import { TextArea } from "@/components/form/text-area";
import { LinkButton } from "@/components/ui/button";
import { Section } from "@/components/ui/section";
import type { FormAction } from "@/lib/action";
import { anchors, categories, type PolicyScope, policyScopes } from "@/lib/retention/rules/categories";
import { lawTable, ownBasis } from "@/lib/retention/rules/law-table";
import { periodUnits } from "@/lib/retention/rules/period";
import type { PolicyWords } from "@/lib/retention/rules/policy-content";
import { shortLaw } from "./policy-value";

const fieldNames = [
  ...["name", "channelId", "category", "scope", "count", "unit"],
  ...["anchor", "basis", "basisNote", "whyNotShorter"],
] as const;

/** Makes a policy, or the next version of `policy` from the one that is shown. */
export function PolicyForm({
  action,
  channels = [],
  policy,
}: {
  action: FormAction;
  /** To choose from, for a new policy. */
  channels?: readonly { id: string; name: string }[];
  policy?: { id: string; version: number; scope: PolicyScope; words: PolicyWords; inForce: number | null };
}) {
  const t = useTranslations("retention");
  const form = useTranslations("form");
  const errors = useTranslations("errors");
  const optional = form("optional");
  const words = policy?.words;
  const offered = anchors.filter((anchor) => anchor !== "received" || policy?.scope !== "text");
  return (
    <ActionForm
      action={action}
      summary={errors("summary", { count: 1 })}
      working={form("working")}
      fields={Object.fromEntries(fieldNames.map((name) => [name, t(`policies.fields.${name as "name"}`)]))}
    >
      {policy ? (
        <>
          <input type="hidden" name="policyId" value={policy.id} />
          <input type="hidden" name="version" value={policy.version} />
        </>
      ) : (
        <Section title={t("policies.parts.target")} note={t("policies.fixed")}>
          <TextField name="name" label={t("policies.fields.name")} hint={t("policies.hints.name")} maxLength={60} />
          <SelectField
            name="channelId"
            label={t("policies.fields.channelId")}
            hint={t("policies.hints.channelId")}
            empty={t("policies.allChannels")}
            options={channels.map(({ id, name }) => ({ value: id, label: name }))}
          />
          <SelectField
            name="category"
            label={t("policies.fields.category")}
            hint={t("policies.hints.category")}
            empty={t("categories.any")}
            options={categories.map((one) => ({ value: one, label: t(`categories.${one}`) }))}
          />
          <RadioGroup
            name="scope"
            label={t("policies.fields.scope")}
            options={policyScopes.map((one) => ({
              value: one,
              label: t(`scopes.${one}`),
              note: t(`scopeNotes.${one}`),
            }))}
            defaultValue="text"
          />
        </Section>
      )}
      <Section title={t("policies.parts.period")}>
        <div className="grid max-w-[520px] grid-cols-[1fr_140px] gap-x-3">
          <TextField
            name="count"
            label={t("policies.fields.count")}
            hint={t("policies.hints.count")}
            inputMode="numeric"
            defaultValue={words?.count}
          />
          <SelectField
            name="unit"
            label={t("policies.fields.unit")}
            options={periodUnits.map((one) => ({ value: one, label: t(`units.${one}`) }))}
            defaultValue={words?.unit ?? "years"}
          />
        </div>
        <RadioGroup
          name="anchor"
          label={t("policies.fields.anchor")}
          options={offered.map((one) => ({ value: one, label: t(`anchors.${one}`), note: t(`anchorNotes.${one}`) }))}
          defaultValue={words?.anchor ?? "session-end"}
        />
      </Section>
      <Section title={t("policies.parts.basis")}>
        <RadioGroup
          name="basis"
          label={t("policies.fields.basis")}
          options={[
            ...lawTable.map((law) => ({
              value: law.key,
              label: `${shortLaw(law)} ${law.article}`,
              note: [
                law.record,
                law.period ? t(`period.${law.period.unit}`, { count: law.period.count }) : t("policies.law.none"),
                t(`policies.law.kinds.${law.kind}`),
                `${t("policies.law.checkedOn")} ${law.checkedOn}`,
                t(`policies.law.certainties.${law.certainty}`),
              ].join(" · "),
            })),
            { value: ownBasis, label: t("policies.own"), note: t("policies.ownNote") },
          ]}
          defaultValue={words?.basis}
        />
        <p className="hint mb-3">{t("policies.law.reading")}</p>
        <TextArea
          name="basisNote"
          label={t("policies.fields.basisNote")}
          hint={t("policies.hints.basisNote")}
          optional={optional}
          limit={500}
          rows={2}
          defaultValue={words?.basisNote}
        />
        <TextArea
          name="whyNotShorter"
          label={t("policies.fields.whyNotShorter")}
          hint={t("policies.hints.whyNotShorter")}
          optional={optional}
          limit={500}
          rows={3}
          defaultValue={words?.whyNotShorter}
        />
      </Section>
      <p className="hint mt-4">
        {policy?.inForce ? t("policies.draftAfterNote", { number: policy.inForce }) : t("policies.draftNote")}
      </p>
      <div className="form-foot">
        <SubmitButton>{t(policy ? "policies.save" : "policies.create")}</SubmitButton>
        <LinkButton href={policy ? `/retention/policies/${policy.id}` : "/retention/policies"}>
          {form("cancel")}
        </LinkButton>
      </div>
    </ActionForm>
  );
}
