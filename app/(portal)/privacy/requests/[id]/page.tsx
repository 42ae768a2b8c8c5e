import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { ActionForm } from "@/components/form/action-form";
import { ConfirmForm } from "@/components/form/confirm-form";
import { SubmitButton } from "@/components/form/submit-button";
import { TextArea } from "@/components/form/text-area";
import { AnswerForm, PostponeForm } from "@/components/privacy/answer-forms";
import { MatchedTable } from "@/components/privacy/matched-table";
import { RequestFacts } from "@/components/privacy/request-facts";
import { SubjectFields } from "@/components/privacy/request-form";
import { RequestStateWord } from "@/components/privacy/request-state";
import { RequestSteps } from "@/components/privacy/request-steps";
import { SealedPanel } from "@/components/privacy/sealed-panel";
import { LinkButton } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { Section, WithRail } from "@/components/ui/section";
import { Mono } from "@/components/ui/text";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { addDays } from "@/lib/clock";
import { getRequest, listMatched, requestChannels } from "@/lib/privacy/queries/get-request";
import { isUnanswered, requestNumber } from "@/lib/privacy/rules/request";
import {
  answerRequestAction,
  finishRequestAction,
  identifyRequestAction,
  openRequestAction,
  postponeRequestAction,
  withdrawRequestAction,
} from "../actions";

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ after?: string | string[] }> };

const load = cache(async (id: string) => {
  const actor = await currentActor();
  const request = await getRequest(actor, id);
  if (!request) notFound();
  return { actor, request };
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { request } = await load((await params).id);
  return { title: requestNumber(request.number) };
}

export default async function RequestPage({ params, searchParams }: Props) {
  const { actor, request } = await load((await params).id);
  const { after } = await searchParams;
  const now = new Date();
  const t = await getTranslations("privacy");
  const f = await getTranslations("form");
  const at = `/privacy/requests/${request.id}`;
  const number = requestNumber(request.number);
  const open = isUnanswered(request.state);
  const records = can(actor, "data-request:record") && open;
  const answers = can(actor, "data-request:answer");
  const matched = request.known
    ? await listMatched(actor, request.id, typeof after === "string" ? after : undefined)
    : null;
  const hidden = { requestId: request.id, version: String(request.version) };
  return (
    <>
      <PageHeader
        title={t(`requests.titles.${request.kind}`)}
        here={number}
        crumbs={[{ href: "/privacy/requests", label: t("title") }]}
        status={<RequestStateWord state={request.state} pill />}
        sub={<Mono>{number}</Mono>}
        actions={
          records ? (
            <ConfirmForm
              action={withdrawRequestAction}
              opener={t("requests.withdraw")}
              title={t("requests.withdrawQuestion")}
              submit={t("requests.withdraw")}
              hidden={hidden}
              fields={{ note: t("requests.field.note") }}
            >
              <TextArea name="note" label={t("requests.field.note")} limit={500} rows={2} />
            </ConfirmForm>
          ) : null
        }
      />
      <WithRail
        label={t("requests.history")}
        rail={
          <>
            <div className="mb-6">
              <RequestFacts request={request} now={now} />
            </div>
            <Section title={t("requests.history")}>
              <RequestSteps
                requestId={request.id}
                registered={{ by: request.registeredByName, at: request.registeredAt }}
                steps={request.steps}
                now={now}
              />
            </Section>
          </>
        }
      >
        {request.kind === "deletion" && request.destruction ? (
          <div className="mb-4">
            <Callout
              kind={request.destruction.finishedAt ? "ok" : "waiting"}
              title={t(request.destruction.finishedAt ? "requests.destroyed" : "requests.destroying", {
                number: request.destruction.number,
              })}
              actions={
                <LinkButton size="sm" href={`/retention/destructions/${request.destruction.id}`}>
                  {t("requests.toDestruction")}
                </LinkButton>
              }
            />
          </div>
        ) : null}
        <div className="mb-6">
          <SealedPanel action={openRequestAction} requestId={request.id} />
        </div>
        <Section title={t("requests.matched.title")} note={t("requests.matched.note")}>
          {matched === null || matched.items.length === 0 ? (
            <p className="text-sm text-fg-3">
              {t(matched === null ? "requests.matched.unknown" : "requests.matched.none")}
            </p>
          ) : (
            <>
              <MatchedTable sessions={matched.items} now={now} />
              <Pagination
                label={t("requests.matched.title")}
                range={t("requests.range", { count: matched.items.length })}
                previous={after ? at : null}
                next={matched.next && `${at}?after=${matched.next}`}
              />
            </>
          )}
          {request.kind === "deletion" && open && matched?.items.length && can(actor, "destruction:request") ? (
            <div className="mt-3">
              <LinkButton href={`/retention/destructions/new?request=${request.id}`}>
                {t("requests.toDestroy")}
              </LinkButton>
              <p className="hint mt-2">{t("requests.toDestroyNote")}</p>
            </div>
          ) : null}
        </Section>
        {records ? (
          <Section title={t("requests.identify")} note={t("requests.identifyNote")}>
            <ActionForm
              key={request.version}
              action={identifyRequestAction}
              summary={t("requests.identify")}
              working={f("working")}
              fields={{ note: t("requests.field.identity"), channelId: t("requests.field.channelId") }}
              className="max-w-140"
            >
              <input type="hidden" name="requestId" value={request.id} />
              <input type="hidden" name="version" value={request.version} />
              {request.known ? null : <SubjectFields channels={await requestChannels(actor)} />}
              <TextArea
                name="note"
                label={t("requests.field.identity")}
                hint={t("requests.field.identifyHint")}
                limit={500}
                rows={2}
              />
              <SubmitButton variant="default">{t("requests.identifyDone")}</SubmitButton>
            </ActionForm>
          </Section>
        ) : null}
        {answers && open ? (
          <Section title={t("requests.answerTitle")} note={t("requests.answerNote")}>
            <AnswerForm key={request.version} action={answerRequestAction} request={request} />
          </Section>
        ) : null}
        {answers && request.kind === "access" && open && request.state !== "postponed" ? (
          <Section title={t("requests.postponeTitle")} note={t("requests.postponeNote")}>
            <PostponeForm
              key={request.version}
              action={postponeRequestAction}
              request={request}
              after={addDays(request.dueOn, 1)}
            />
          </Section>
        ) : null}
        {answers && request.state === "granted" ? (
          <Section title={t("requests.finishTitle")}>
            <ActionForm
              action={finishRequestAction}
              summary={t("requests.finishTitle")}
              working={f("working")}
              fields={{ note: t("requests.field.finished") }}
              className="max-w-140"
            >
              <input type="hidden" name="requestId" value={request.id} />
              <input type="hidden" name="version" value={request.version} />
              <TextArea name="note" label={t("requests.field.finished")} limit={500} rows={2} />
              <SubmitButton variant="default">{t("requests.finish")}</SubmitButton>
            </ActionForm>
          </Section>
        ) : null}
      </WithRail>
    </>
  );
}
