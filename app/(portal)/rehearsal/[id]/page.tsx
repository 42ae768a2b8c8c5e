import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ConfirmForm } from "@/components/form/confirm-form";
import { ActButton } from "@/components/rehearsal/act-button";
import { GuidedList } from "@/components/rehearsal/guided-list";
import { rehearsalState } from "@/components/rehearsal/rehearsal-table";
import { RehearseFacts } from "@/components/rehearsal/rehearse-facts";
import { RehearsePhone } from "@/components/rehearsal/rehearse-phone";
import { RehearseSeat } from "@/components/rehearsal/rehearse-seat";
import { bubbleWords } from "@/components/templates/bubble-words";
import { RefreshWhile } from "@/components/transcripts/refresh-while";
import { LinkButton } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { PageHeader } from "@/components/ui/page-header";
import { Status } from "@/components/ui/status";
import { Segments } from "@/components/ui/tabs";
import { Time } from "@/components/ui/time";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { getRehearsal } from "@/lib/rehearsal/queries/get-rehearsal";
import { missingSteps, walkedSteps } from "@/lib/rehearsal/rules/guided";
import { roomOf } from "@/lib/rehearsal/rules/phone";
import { listMediaFacts } from "@/lib/templates/queries/media";
import { mediaOf } from "@/lib/templates/rules/search-text";
import {
  alimtalkAction,
  enterAction,
  leapAction,
  leaveAction,
  reopenAction,
  sayAction,
  showAction,
} from "./phone-actions";
import { Reply } from "./reply";
import {
  blockAction,
  destroyAction,
  endAction,
  endRehearsalAction,
  handBackAction,
  speakAction,
  unblockAction,
} from "./seat-actions";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};
const views = ["all", "phone", "facts", "seat"] as const;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("rehearsal.run"))("title") };
}

/** The phone, what really happened, and the agent's seat: together, or each in a window of its own. */
export default async function RehearsalPage({ params, searchParams }: Props) {
  const actor = await currentActor();
  const now = new Date();
  const view = await getRehearsal(actor, (await params).id, now);
  if (!view) notFound();
  const t = await getTranslations("rehearsal.run");
  const working = (await getTranslations("form"))("working");
  const given = await searchParams;
  const shown = views.find((one) => one === given.view) ?? "all";
  const template = typeof given.template === "string" ? given.template : "";
  const room = roomOf(view.events, view.sessions, view.notice);
  const walked = walkedSteps(view.events, view.scenario !== null);
  const missing = missingSteps(walked);
  const open = view.endedAt === null;
  const may = open && can(actor, "rehearsal:run");
  const words = await bubbleWords(view.channelName, "PLAIN_TEXT");
  const files = room.flatMap(({ content }) => (content ? mediaOf(content) : []));
  const media = await listMediaFacts(actor, files);
  const state = rehearsalState(view);
  const at = `/rehearsal/${view.id}`;
  const has = (part: (typeof views)[number]) => shown === "all" || shown === part;
  return (
    <>
      <PageHeader
        title={t("titleOf", { channel: view.channelName })}
        crumbs={[{ href: "/rehearsal", label: t("title") }]}
        status={
          <Status kind={state.kind} pill>
            {t(`stateOf.${state.key}`)}
          </Status>
        }
        facts={[
          [t("format"), t(`formatOf.${view.format}`)],
          [t("startedAt"), <Time key="at" at={view.at} now={now} />],
          [t("person"), view.personName],
        ]}
        actions={
          <>
            <LinkButton href={`${at}/report`}>{t("report")}</LinkButton>
            {may ? (
              <>
                <ConfirmForm
                  action={endRehearsalAction}
                  opener={t("giveUp")}
                  title={t("giveUpQuestion")}
                  body={t("giveUpBody")}
                  submit={t("giveUp")}
                  variant="danger"
                  hidden={{ rehearsalId: view.id, outcome: "given-up" }}
                />
                {missing.length === 0 ? (
                  <ActButton
                    action={endRehearsalAction}
                    rehearsalId={view.id}
                    given={{ outcome: "finished" }}
                    working={working}
                    variant="primary"
                  >
                    {t("finish")}
                  </ActButton>
                ) : null}
              </>
            ) : null}
          </>
        }
      />
      {open ? <RefreshWhile everyMs={4_000} /> : null}
      {view.changed.length > 0 ? (
        <Callout kind="warn" title={t("stale")}>
          <p>{view.changed.map((part) => t(`part.${part}`)).join(", ")}</p>
        </Callout>
      ) : null}
      <GuidedList walked={walked} />
      <Segments
        label={t("windows")}
        items={views.map((one) => ({
          href: one === "all" ? at : `${at}?view=${one}`,
          label: t(`window.${one}`),
          current: one === shown,
        }))}
      />
      <div className={`rehearse mt-4 ${shown}`}>
        {has("phone") ? (
          <RehearsePhone
            view={view}
            room={room}
            words={words}
            media={media}
            acts={
              may
                ? { enter: enterAction, say: sayAction, show: showAction, leave: leaveAction, alimtalk: alimtalkAction }
                : null
            }
          />
        ) : null}
        {has("facts") ? (
          <RehearseFacts
            view={view}
            acts={may ? { leap: leapAction, destroy: destroyAction, reopen: reopenAction } : null}
          />
        ) : null}
        {has("seat") ? (
          <RehearseSeat
            view={view}
            room={room}
            words={words}
            media={media}
            acts={
              may
                ? {
                    ...{ speak: speakAction, end: endAction, handBack: handBackAction },
                    ...{ block: blockAction, unblock: unblockAction },
                  }
                : null
            }
            reply={may ? <Reply actor={actor} view={view} templateId={template} shown={shown} now={now} /> : null}
          />
        ) : null}
      </div>
    </>
  );
}
