import { getTranslations } from "next-intl/server";
import { bubbleWords } from "@/components/templates/bubble-words";
import { SendForm } from "@/components/transcripts/send-form";
import { SendTemplateChoice } from "@/components/transcripts/send-template-choice";
import { Callout } from "@/components/ui/callout";
import type { PersonActor } from "@/lib/auth/actor";
import { kstDay } from "@/lib/clock";
import type { RehearsalView } from "@/lib/rehearsal/schema/rehearsal";
import { getTemplateReport } from "@/lib/templates/queries/judge-given";
import { getTemplateInUse, listSendable } from "@/lib/templates/queries/list-sendable";
import { replyAction } from "./seat-actions";

/** Approved templates for the agent of a rehearsal, as the monitor offers them. */
export async function Reply({
  actor,
  view,
  templateId,
  shown,
  now,
}: {
  actor: PersonActor;
  view: RehearsalView;
  templateId: string;
  shown: string;
  now: Date;
}) {
  const templates = await listSendable(actor, view.channelId);
  if (templates.length === 0) return null;
  const t = await getTranslations("transcripts.sending");
  const f = await getTranslations("form");
  const found = templateId === "" ? null : await getTemplateInUse(actor, templateId);
  const own = found && (found.channelId === null || found.channelId === view.channelId) ? found : null;
  const { media } = own
    ? await getTemplateReport(actor, own.content, { tags: own.tags, channelId: own.channelId }, kstDay(now))
    : { media: new Map() };
  return (
    <>
      <SendTemplateChoice templates={templates} chosen={templateId} keep={shown === "all" ? {} : { view: shown }} />
      {templateId !== "" && !own ? <Callout kind="bad" title={t("refused.foreign")} /> : null}
      {own ? (
        <SendForm
          key={`${own.id} ${own.hash}`}
          action={replyAction}
          order={{ rehearsalId: view.id, templateId: own.id, version: own.hash }}
          variables={own.content.variables.map((variable) => ({
            name: variable.name,
            samples: variable.closed ? variable.samples : [],
            example: variable.samples[0] ?? "",
          }))}
          media={media}
          words={{
            ...{ summary: t("check"), working: f("working"), name: own.name, choose: t("choose") },
            ...{ preview: t("preview"), send: t("send"), shown: t("shown"), final: t("final") },
            bubble: await bubbleWords(view.channelName, own.content.type),
          }}
        />
      ) : null}
    </>
  );
}
