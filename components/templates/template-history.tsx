import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { TextArea } from "@/components/form/text-area";
import { LinkButton } from "@/components/ui/button";
import { Section } from "@/components/ui/section";
import type { StatusKind } from "@/components/ui/status";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { Hash, Missing, Who } from "@/components/ui/text";
import { Time } from "@/components/ui/time";
import { Timeline } from "@/components/ui/timeline";
import type { FormAction } from "@/lib/action";
import type { TemplateStepKind } from "@/lib/templates/rules/status";
import type { TemplateView } from "@/lib/templates/schema/view";

type Shown = { template: TemplateView; now: Date };

/** Versions that were submitted, newest first, and the way to see two of them side by side. */
export function TemplateVersions({ template, now }: Shown) {
  const t = useTranslations("templates.template.versions");
  const s = useTranslations("templates.step");
  const { id, versions } = template;
  const changed = versions[0] !== undefined && versions[0].hash !== template.hash;
  const head = (
    <>
      <Th>{t("number")}</Th>
      <Th>{t("state")}</Th>
      <Th phone="hide">{t("hash")}</Th>
      <Th phone="hide">{t("by")}</Th>
      <Th numeric>{t("at")}</Th>
    </>
  );
  return (
    <Section
      title={t("title")}
      count={versions.length}
      actions={
        versions.length > 1 || changed ? (
          <LinkButton size="sm" href={`/templates/${id}/versions`}>
            {t("link")}
          </LinkButton>
        ) : undefined
      }
    >
      {versions.length === 0 ? (
        <p className="text-fg-3">{t("none")}</p>
      ) : (
        <Table caption={t("list")} head={head}>
          {versions.map((version) => {
            const last = template.steps.find(({ number }) => number === version.number);
            return (
              <Tr key={version.id}>
                <TdName second={t("savedAs", { number: version.revision })}>
                  {s("version", { number: version.number })}
                </TdName>
                <Td nowrap>{last ? s(last.kind) : <Missing />}</Td>
                <Td phone="hide">
                  <Hash value={version.hash} head={8} tail={4} />
                </Td>
                <Td nowrap phone="hide">
                  <Who name={version.personName} />
                </Td>
                <Td numeric nowrap>
                  <Time at={version.at} now={now} />
                </Td>
              </Tr>
            );
          })}
        </Table>
      )}
    </Section>
  );
}

/** Where versions went to work. */
export function TemplateUses({ template, now, add }: Shown & { add?: ReactNode }) {
  const t = useTranslations("templates");
  const { uses } = template;
  const head = (
    <>
      <Th>{t("template.uses.place")}</Th>
      <Th>{t("template.uses.way")}</Th>
      <Th phone="hide">{t("template.uses.channel")}</Th>
      <Th phone="hide">{t("template.uses.version")}</Th>
      <Th phone="hide">{t("template.uses.by")}</Th>
      <Th numeric>{t("template.uses.at")}</Th>
    </>
  );
  return (
    <Section title={t("template.uses.title")} count={uses.length} actions={add}>
      {uses.length === 0 ? (
        <p className="text-fg-3">{t("template.uses.none")}</p>
      ) : (
        <Table caption={t("template.uses.list")} head={head}>
          {uses.map((use) => (
            <Tr key={use.id}>
              <TdName>{use.place || t(`template.way.${use.way}`)}</TdName>
              <Td nowrap>{t(`template.way.${use.way}`)}</Td>
              <Td phone="hide">{use.channelName ?? t("list.everyChannel")}</Td>
              <Td nowrap phone="hide">
                {t("step.version", { number: use.number })}
              </Td>
              <Td nowrap phone="hide">
                <Who name={use.personName} />
              </Td>
              <Td numeric nowrap>
                <Time at={use.at} now={now} />
              </Td>
            </Tr>
          ))}
        </Table>
      )}
    </Section>
  );
}

/** What its writers and readers said to one another, newest first. */
export function TemplateComments({ template, now, action }: Shown & { action: FormAction | null }) {
  const t = useTranslations("templates.template");
  const f = useTranslations("form");
  const { comments } = template;
  return (
    <Section title={t("comments.title")} count={comments.length}>
      {comments.length === 0 ? <p className="text-fg-3">{t("comments.none")}</p> : null}
      <ul className="grid gap-3">
        {comments.map((comment) => (
          <li key={comment.id}>
            <p className="flex flex-wrap items-center gap-x-3 text-sm text-fg-2">
              <Who name={comment.personName} />
              <Time at={comment.at} now={now} />
              <span className="text-xs text-fg-3">{t("comments.about", { number: comment.revision })}</span>
            </p>
            <p className="mt-1 whitespace-pre-line">{comment.text}</p>
          </li>
        ))}
      </ul>
      {action ? (
        <ActionForm
          action={action}
          summary={t("comments.add")}
          working={f("working")}
          fields={{ text: t("field.text") }}
          className="mt-4 max-w-140"
        >
          <input type="hidden" name="templateId" value={template.id} />
          <input type="hidden" name="revision" value={template.revision} />
          <TextArea name="text" label={t("field.text")} limit={1_000} rows={3} />
          <div className="form-foot">
            <SubmitButton variant="default">{t("comments.add")}</SubmitButton>
          </div>
        </ActionForm>
      ) : null}
    </Section>
  );
}

const kinds: Readonly<Record<TemplateStepKind, StatusKind>> = {
  submitted: "waiting",
  withdrawn: "off",
  approved: "ok",
  returned: "bad",
  used: "ok",
  retired: "off",
  archived: "off",
  restored: "note",
};

/** What was done about it, newest first, down to the day it was made. */
export function TemplateSteps({ template, now }: Shown) {
  const t = useTranslations("templates.step");
  const steps = template.steps.map((step) => ({
    key: step.id,
    kind: kinds[step.kind],
    title: (
      <>
        {step.number === null ? null : `${t("version", { number: step.number })} `}
        {t(step.kind)}
      </>
    ),
    note: (
      <>
        {step.personName} · <Time at={step.at} now={now} />
        {step.note ? <span className="block whitespace-pre-line">{step.note}</span> : null}
      </>
    ),
  }));
  const made = {
    key: "made",
    kind: "note" as const,
    title: t("created"),
    note: <Time at={template.createdAt} now={now} />,
  };
  return (
    <Section title={t("title")}>
      <Timeline moments={[...steps, made]} />
    </Section>
  );
}
