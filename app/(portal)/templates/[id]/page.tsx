import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { bubbleWords } from "@/components/templates/bubble-words";
import { MessageBubble } from "@/components/templates/message-bubble";
import { TemplateActs } from "@/components/templates/template-acts";
import { TemplateAddresses } from "@/components/templates/template-addresses";
import { TemplateApproval } from "@/components/templates/template-approval";
import { TemplateFindings } from "@/components/templates/template-findings";
import {
  TemplateComments,
  TemplateSteps,
  TemplateUses,
  TemplateVersions,
} from "@/components/templates/template-history";
import { TemplateStatus } from "@/components/templates/template-status";
import { TemplateUseForm } from "@/components/templates/template-use-form";
import { LinkButton } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { Section, WithRail } from "@/components/ui/section";
import { Segments } from "@/components/ui/tabs";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { kstDay } from "@/lib/clock";
import { getTemplate } from "@/lib/templates/queries/get-template";
import { getTemplateReport } from "@/lib/templates/queries/judge-given";
import { listAddresses } from "@/lib/templates/queries/list-addresses";
import { listTemplateChoices } from "@/lib/templates/queries/list-templates";
import { mayEdit } from "@/lib/templates/rules/status";
import { templateViewSchema, templateViews } from "@/lib/templates/schema/list";
import {
  approveTemplateAction,
  archiveTemplateAction,
  checkTemplateAddressesAction,
  commentTemplateAction,
  duplicateTemplateAction,
  editTemplateAction,
  recordTemplateUseAction,
  restoreTemplateAction,
  retireTemplateAction,
  returnTemplateAction,
  submitTemplateAction,
  takeTemplateInUseAction,
  withdrawTemplateAction,
} from "../actions";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("templates.list"))("title") };
}

export default async function TemplatePage({ params, searchParams }: Props) {
  const actor = await currentActor();
  const now = new Date();
  const template = await getTemplate(actor, (await params).id);
  if (!template) notFound();
  const { view } = templateViewSchema.parse(await searchParams);
  const t = await getTranslations("templates");
  const { id, content, standing } = template;
  const [{ report, media }, choices, addresses] = await Promise.all([
    getTemplateReport(actor, content, template, kstDay(now)),
    listTemplateChoices(actor),
    listAddresses(actor, id, content),
  ]);
  const words = await bubbleWords(template.channelName ?? t("list.everyChannel"), content.type);
  const own = template.authorIds.includes(actor.personId) || template.submitterIds.includes(actor.personId);
  const mayDecide = can(actor, "template:approve") && !own;
  const mayUse = can(actor, "template:use");
  const editor = can(actor, "template:edit");
  const submitter = can(actor, "template:submit");
  const retirer = can(actor, "template:retire");
  const useForm = { templateId: id, hash: template.hash, channelId: template.channelId, channels: choices.channels };
  return (
    <>
      <PageHeader
        title={template.name}
        crumbs={[{ href: "/templates", label: t("list.title") }]}
        status={<TemplateStatus state={standing.state} pill />}
        facts={[
          [t("template.facts.type"), t(`type.${content.type}`)],
          [t("template.facts.channel"), template.channelName ?? t("list.everyChannel")],
          [t("template.facts.owner"), template.ownerName],
          [t("template.facts.tags"), template.tags.join(", ") || t("template.noTags")],
        ]}
        actions={
          <>
            {editor && mayEdit(standing) ? (
              <LinkButton href={`/templates/${id}/edit`}>{t("editor.edit")}</LinkButton>
            ) : null}
            <LinkButton href={`/templates/${id}/payload`}>{t("template.payload")}</LinkButton>
            <TemplateActs
              template={template}
              choices={choices}
              acts={{
                duplicate: editor ? duplicateTemplateAction : null,
                edit: editor ? editTemplateAction : null,
                retire: retirer ? retireTemplateAction : null,
                archive: retirer ? archiveTemplateAction : null,
                restore: retirer ? restoreTemplateAction : null,
              }}
            />
            {mayUse && standing.state === "approved" ? (
              <TemplateUseForm action={takeTemplateInUseAction} first number={standing.version ?? 0} {...useForm} />
            ) : null}
          </>
        }
      />
      <WithRail
        label={t("template.rail")}
        rail={
          <div className="grid gap-4">
            <TemplateApproval
              template={template}
              acts={{
                submit: submitter ? submitTemplateAction : null,
                withdraw: submitter ? withdrawTemplateAction : null,
                approve: mayDecide ? approveTemplateAction : null,
                giveBack: mayDecide ? returnTemplateAction : null,
                own: own && can(actor, "template:approve"),
                faults: report.findings.filter(({ severity }) => severity === "error").length,
              }}
              now={now}
            />
            <TemplateFindings report={report} />
            <TemplateAddresses
              templateId={id}
              addresses={addresses}
              action={can(actor, "template:check") ? checkTemplateAddressesAction : null}
              now={now}
            />
          </div>
        }
      >
        <Section
          title={t("template.preview")}
          actions={
            content.variables.length > 0 ? (
              <Segments
                label={t("template.views")}
                items={templateViews.map((one) => ({
                  href: `/templates/${id}?view=${one}`,
                  label: t(`template.view.${one}`),
                  current: one === view,
                }))}
              />
            ) : undefined
          }
        >
          <MessageBubble content={content} view={view} media={media} words={words} />
        </Section>
        <TemplateVersions template={template} now={now} />
        <TemplateUses
          template={template}
          now={now}
          add={
            mayUse && standing.inUse !== null && standing.state !== "archived" ? (
              <TemplateUseForm action={recordTemplateUseAction} first={false} number={standing.inUse} {...useForm} />
            ) : undefined
          }
        />
        <TemplateComments
          template={template}
          now={now}
          action={can(actor, "template:comment") ? commentTemplateAction : null}
        />
        <TemplateSteps template={template} now={now} />
      </WithRail>
    </>
  );
}
