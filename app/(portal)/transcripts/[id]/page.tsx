import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { BesideList } from "@/components/transcripts/beside-list";
import { Conversation } from "@/components/transcripts/conversation";
import { LookBar } from "@/components/transcripts/look-bar";
import { PurposeGate } from "@/components/transcripts/purpose-gate";
import { transcriptsAddress } from "@/components/transcripts/transcript-filters";
import { ForwardForm, TranscriptMarks } from "@/components/transcripts/transcript-marks";
import { TranscriptPlace } from "@/components/transcripts/transcript-place";
import { RecentLooks, UserPanel } from "@/components/transcripts/transcript-rail";
import { holdNames, TranscriptState } from "@/components/transcripts/transcript-status";
import { WhyKept } from "@/components/transcripts/why-kept";
import { LinkButton } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { Status } from "@/components/ui/status";
import { Mono } from "@/components/ui/text";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { clockTime, dayWithWeekday, kstDay } from "@/lib/clock";
import type { Category } from "@/lib/retention/rules/categories";
import { searchTranscripts } from "@/lib/transcripts/commands/search-transcripts";
import { readConversation } from "@/lib/transcripts/queries/read-conversation";
import { shortHandle } from "@/lib/transcripts/rules";
import { agentsNeverFirst, chatRange } from "@/lib/transcripts/rules/guide";
import { transcriptFilterSchema } from "@/lib/transcripts/schema/reading";
import {
  classifyOneAction,
  closeLookAction,
  forwardRecordAction,
  markAnchorAction,
  openLookAction,
  unmaskLookAction,
} from "./actions";
import { loadTranscript } from "./transcript";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { userHandle } = await loadTranscript((await params).id);
  return { title: `${(await getTranslations("transcripts.lists"))("title")} ${shortHandle(userHandle)}` };
}

export default async function TranscriptPage({ params, searchParams }: Props) {
  const actor = await currentActor();
  const { id } = await params;
  const transcript = await loadTranscript(id);
  const [t, l, locale] = await Promise.all([
    getTranslations("transcripts.reading"),
    getTranslations("transcripts.lists"),
    getLocale(),
  ]);
  const now = new Date();
  const search = await searchParams;
  const filter = transcriptFilterSchema.parse(search);
  const { look } = transcript;
  // Both only after the other: nothing is decrypted for a list that somebody may not see.
  const list = await searchTranscripts(actor, filter, now);
  const place = { sessionId: id, lookId: look?.id ?? "", after: positionIn(search.from_message) };
  const conversation = look ? await readConversation(actor, place, now) : null;
  const hrefOf = (other: string) => transcriptsAddress(filter, `/transcripts/${other}`);
  const back = transcriptsAddress(filter);
  const apart = transcript.shelf.startsWith("law-");
  const user = shortHandle(transcript.userHandle);
  const ended = transcript.endedAt ?? transcript.lastMessageAt;
  const when = `${dayWithWeekday(transcript.openedAt, locale, now)} ${clockTime(transcript.openedAt)}${
    ended
      ? `–${kstDay(ended) === kstDay(transcript.openedAt) ? "" : `${dayWithWeekday(ended, locale, now)} `}${clockTime(ended)}`
      : ""
  }`;
  return (
    <>
      <PageHeader
        title={<Mono>{conversation?.userKey ?? user}</Mono>}
        crumbs={[{ href: back, label: l("title") }]}
        wide
        status={
          <>
            {transcript.holds.length > 0 ? (
              <Status kind="lock" pill>
                {t("hold", { numbers: holdNames(transcript.holds.map(({ number }) => number)) })}
              </Status>
            ) : null}
            {apart ? (
              <Status kind="note" pill>
                {t("apart")}
              </Status>
            ) : null}
          </>
        }
        facts={[
          [transcript.channelName, ""],
          [t("facts.session"), <Mono key="session">{transcript.externalId}</Mono>],
          [t("facts.when"), when],
          [t("facts.state"), <TranscriptState key="state" session={transcript} now={now} />],
          [
            t("facts.from"),
            <span key="from" className="inline">
              <TranscriptPlace {...transcript} linked /> {transcript.extra ? <Mono>{transcript.extra}</Mono> : null}
            </span>,
          ],
          [t("facts.category"), l(`categories.${transcript.category as Category}`)],
          [
            t("facts.notice"),
            transcript.noticeVersion === null ? (
              <span key="notice">–</span>
            ) : (
              <Link
                key="notice"
                href={`/privacy/notices/${transcript.channelId}/at?at=${encodeURIComponent(transcript.openedAt.toISOString())}`}
              >
                v{transcript.noticeVersion}
              </Link>
            ),
          ],
        ]}
        actions={
          <>
            {can(actor, "transcript:export") ? (
              <LinkButton href={`/transcripts/exports/new?session=${id}`} icon={<Icon name="download" />}>
                {t("acts.export")}
              </LinkButton>
            ) : null}
            {can(actor, "data-request:record") ? (
              <LinkButton href={`/privacy/requests/new?session=${id}`}>{t("acts.request")}</LinkButton>
            ) : null}
            {can(actor, "hold:place") ? (
              <LinkButton href={`/retention/holds/new?session=${id}`}>{t("acts.hold")}</LinkButton>
            ) : null}
            {can(actor, "destruction:request") && transcript.holds.length === 0 ? (
              <LinkButton href={`/retention/destructions/new?session=${id}`}>{t("acts.destroy")}</LinkButton>
            ) : null}
          </>
        }
      />
      <div className="grid grid-cols-[minmax(0,1fr)_308px] items-start gap-8 max-[1079px]:grid-cols-1 min-[1280px]:grid-cols-[272px_minmax(0,1fr)_300px] min-[1280px]:gap-6">
        <BesideList rows={list.items} current={id} hrefOf={hrefOf} back={back} now={now} />
        <section className="min-w-0" aria-label={t("talk.label")}>
          {look ? (
            <>
              <LookBar
                sessionId={id}
                look={look}
                mayUnmask={can(actor, "transcript:unmask")}
                actions={{ unmask: unmaskLookAction, close: closeLookAction }}
                now={now}
              />
              {conversation ? (
                <>
                  {conversation.masked ? <p className="mb-2 text-xs text-fg-3">{t("maskNote")}</p> : null}
                  {conversation.lines.length === 0 ? <p className="text-fg-3">{t("talk.empty")}</p> : null}
                  <Conversation sessionId={id} lines={conversation.lines} masked={conversation.masked} />
                  <div className="mt-3 flex flex-wrap gap-2">
                    {place.after === undefined ? null : (
                      <LinkButton size="sm" href={hrefOf(id)}>
                        {t("talk.first")}
                      </LinkButton>
                    )}
                    {conversation.next ? (
                      <LinkButton
                        size="sm"
                        href={transcriptsAddress({ ...filter, from_message: conversation.next }, `/transcripts/${id}`)}
                      >
                        {t("talk.next")}
                      </LinkButton>
                    ) : null}
                  </div>
                </>
              ) : (
                <Callout kind="bad">{t("talk.lost")}</Callout>
              )}
              <p className="mt-4 text-xs text-fg-3">
                <Icon name="eye" /> {t("look.record")}{" "}
                <span className="mono">
                  {clockTime(look.at, true)} · {actor.address} · {user} · {t("look.read")}
                </span>
              </p>
            </>
          ) : (
            <PurposeGate
              sessionId={id}
              purposes={transcript.purposes}
              apart={apart}
              address={actor.address}
              back={back}
              maySet={can(actor, "purpose:edit")}
              action={openLookAction}
            />
          )}
          <div className="mt-5 grid gap-2 border-t border-line pt-3 text-xs text-fg-3">
            <p>
              {t("talk.clock")} {t("range")} <q lang="ko">{chatRange.quote}</q>{" "}
              <cite className="not-italic">({t("guide", { section: chatRange.section })})</cite>
            </p>
            <p>
              {t(transcript.endedAt ? "ends.over" : "ends.open")} <q lang="ko">{agentsNeverFirst.quote}</q>{" "}
              <cite className="not-italic">({t("guide", { section: agentsNeverFirst.section })})</cite>
            </p>
            {can(actor, "transcript:forward") ? (
              <div>
                <ForwardForm sessionId={id} action={forwardRecordAction} />
              </div>
            ) : null}
          </div>
        </section>
        <aside className="grid gap-3" aria-label={t("why.title")}>
          <WhyKept
            reckoned={transcript.reckoned}
            apart={apart}
            holds={transcript.holds}
            marks={transcript.marks}
            holdLinks={can(actor, "hold:read")}
            now={now}
          />
          <UserPanel
            handle={transcript.userHandle}
            userKey={conversation?.userKey ?? null}
            channel={{ id: transcript.channelId, name: transcript.channelName }}
            sameUser={transcript.sameUser}
            blocked={transcript.blocked}
          />
          {can(actor, "transcript:classify") ? (
            <TranscriptMarks
              sessionId={id}
              category={transcript.category}
              anchors={{ "case-closed": transcript.caseClosedOn, "transaction-ended": transcript.transactionOn }}
              today={kstDay(now)}
              actions={{ classify: classifyOneAction, anchor: markAnchorAction }}
            />
          ) : null}
          <RecentLooks accesses={transcript.accesses} now={now} />
        </aside>
      </div>
    </>
  );
}

/** The message after which a page begins. */
function positionIn(value: string | string[] | undefined): bigint | undefined {
  return typeof value === "string" && /^\d{1,18}$/.test(value) ? BigInt(value) : undefined;
}
