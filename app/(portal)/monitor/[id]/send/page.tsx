import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { bubbleWords } from "@/components/templates/bubble-words";
import { SendForm } from "@/components/transcripts/send-form";
import { SendTemplateChoice } from "@/components/transcripts/send-template-choice";
import { SentTable } from "@/components/transcripts/sent-table";
import { Callout } from "@/components/ui/callout";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { Mono } from "@/components/ui/text";
import { Time } from "@/components/ui/time";
import type { PersonActor } from "@/lib/auth/actor";
import { currentActor } from "@/lib/auth/session";
import { kstDay } from "@/lib/clock";
import { isDealerCallable } from "@/lib/dealers/queries/dealer-access";
import { getTemplateReport } from "@/lib/templates/queries/judge-given";
import { getTemplateInUse, listSendable } from "@/lib/templates/queries/list-sendable";
import { getSending, type Sending } from "@/lib/transcripts/queries/get-sending";
import { shortHandle } from "@/lib/transcripts/rules";
import { agentsNeverFirst } from "@/lib/transcripts/rules/guide";
import { sendMessageAction } from "./actions";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("transcripts.sending"))("title") };
}

/** An approved template into an open consultation: chosen, filled, seen, sent. Nothing that was said is shown here. */
export default async function SendPage({ params, searchParams }: Props) {
  const actor = await currentActor();
  const now = new Date();
  const sending = await getSending(actor, (await params).id, now);
  if (!sending) notFound();
  const [t, m] = await Promise.all([getTranslations("transcripts.sending"), getTranslations("transcripts")]);
  const { id, channelId, refused } = sending;
  const callable = await isDealerCallable(actor, "consult:send", channelId);
  const { template } = await searchParams;
  const chosen = typeof template === "string" ? template : "";
  const templates = await listSendable(actor, channelId);
  return (
    <>
      <PageHeader
        title={t("title")}
        sub={t("about")}
        crumbs={[{ href: "/monitor", label: m("title") }]}
        facts={[
          [t("channel"), sending.channelName],
          [t("user"), <Mono key="user">{shortHandle(sending.userHandle)}</Mono>],
          [t("opened"), <Time key="opened" at={sending.openedAt} now={now} />],
        ]}
      />
      {refused ? (
        <Callout kind="warn" title={t(`refused.${refused}`)}>
          {refused === "blocked" ? null : (
            <p>
              <q lang="ko">{agentsNeverFirst.quote}</q>{" "}
              <cite className="not-italic">{t("guide", { section: agentsNeverFirst.section })}</cite>
            </p>
          )}
        </Callout>
      ) : null}
      {refused || callable ? null : <Callout kind="warn" title={t("refused.calls")} />}
      {refused || !callable ? null : templates.length === 0 ? (
        <Callout kind="note" title={t("noTemplates")} />
      ) : (
        <>
          <SendTemplateChoice templates={templates} chosen={chosen} />
          {chosen === "" ? null : <Chosen actor={actor} sending={sending} templateId={chosen} now={now} />}
        </>
      )}
      <Section title={t("sent")} count={sending.sent.length}>
        {sending.sent.length === 0 ? (
          <p className="text-sm text-fg-3">{t("none")}</p>
        ) : (
          <SentTable key={id} rows={sending.sent} now={now} />
        )}
      </Section>
    </>
  );
}

async function Chosen({
  actor,
  sending,
  templateId,
  now,
}: {
  actor: PersonActor;
  sending: Sending;
  templateId: string;
  now: Date;
}) {
  const t = await getTranslations("transcripts.sending");
  const f = await getTranslations("form");
  const found = await getTemplateInUse(actor, templateId);
  if (!found || (found.channelId !== null && found.channelId !== sending.channelId))
    return <Callout kind="bad" title={t("refused.foreign")} />;
  const { content, tags, channelId, name, hash } = found;
  const { media } = await getTemplateReport(actor, content, { tags, channelId }, kstDay(now));
  return (
    <SendForm
      key={`${templateId} ${hash}`}
      action={sendMessageAction}
      order={{ sessionId: sending.id, templateId, version: hash }}
      variables={content.variables.map((variable) => ({
        name: variable.name,
        samples: variable.closed ? variable.samples : [],
        example: variable.samples[0] ?? "",
      }))}
      media={media}
      words={{
        ...{ summary: t("check"), working: f("working"), name, choose: t("choose") },
        ...{ preview: t("preview"), send: t("send"), shown: t("shown"), final: t("final") },
        bubble: await bubbleWords(sending.channelName, content.type),
      }}
    />
  );
}
