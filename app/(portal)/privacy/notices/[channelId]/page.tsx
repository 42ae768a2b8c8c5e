import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { NoticeActs } from "@/components/privacy/notice-acts";
import { NoticeDiff } from "@/components/privacy/notice-diff";
import { NoticeLint } from "@/components/privacy/notice-lint";
import { NoticeMatrix } from "@/components/privacy/notice-matrix";
import { NoticeBubble, NoticeSource } from "@/components/privacy/notice-source";
import { NoticeStatus } from "@/components/privacy/notice-status";
import { LinkButton } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { EmptyState } from "@/components/ui/empty-state";
import { Icon } from "@/components/ui/icon";
import { PageHeader } from "@/components/ui/page-header";
import { Section, WithRail } from "@/components/ui/section";
import { Segments } from "@/components/ui/tabs";
import { Hash } from "@/components/ui/text";
import { Time } from "@/components/ui/time";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { kstDay } from "@/lib/clock";
import { asLocale } from "@/lib/locale";
import { hasSentence, sentence } from "@/lib/messages";
import { getNotice } from "@/lib/privacy/queries/get-notice";
import { withHours } from "@/lib/privacy/queries/notice-facts";
import { lintNotice } from "@/lib/privacy/rules/notice-lint";
import { longestNotice, noticeLimit, renderNotice } from "@/lib/privacy/rules/notice-text";
import type { NoticeVersionView } from "@/lib/privacy/rules/notice-view";
import { graphemes, textLength } from "@/lib/templates/rules/counting";
import {
  applyNoticeAction,
  approveNoticeAction,
  declineNoticeAction,
  rejectNoticeAction,
  requestNoticeAction,
  submitNoticeAction,
  verifyNoticeAction,
  withdrawNoticeAction,
} from "../actions";

type Search = Record<"view" | "from" | "to" | "version" | "refused", string | string[] | undefined>;
type Props = { params: Promise<{ channelId: string }>; searchParams: Promise<Search> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("privacy.notices"))("title") };
}

const actions = {
  ...{ submit: submitNoticeAction, approve: approveNoticeAction, reject: rejectNoticeAction },
  ...{ withdraw: withdrawNoticeAction, request: requestNoticeAction, decline: declineNoticeAction },
  ...{ apply: applyNoticeAction, verify: verifyNoticeAction },
};
const views = ["variables", "now", "longest"] as const;

/** A channel's notice: its text, what it must say, where each version stands, and what comes next. */
export default async function NoticePage({ params, searchParams }: Props) {
  const actor = await currentActor();
  const now = new Date();
  const notice = await getNotice(actor, (await params).channelId, now);
  if (!notice) notFound();
  const search = await searchParams;
  const t = await getTranslations("privacy.notices");
  const { channel, versions, seen } = notice;
  const at = `/privacy/notices/${channel.id}`;
  const edit = can(actor, "notice:edit");
  const [newest] = versions;
  const shown = versions.find(({ number }) => String(number) === search.version) ?? newest;
  const head = (
    <PageHeader
      title={t("title")}
      here={channel.name}
      crumbs={[{ href: "/privacy/notices", label: t("title") }]}
      status={shown ? <NoticeStatus state={shown.state} number={shown.number} pill /> : null}
      sub={
        seen && seen.number !== newest?.number
          ? t("seenNow", { version: seen.number })
          : seen
            ? t("seenNewest")
            : t("seenNone")
      }
      facts={[
        [channel.name, ""],
        [`@${channel.searchId}`, ""],
      ]}
      actions={
        <>
          <LinkButton href={`${at}/at`} icon={<Icon name="clock" />}>
            {t("at.title")}
          </LinkButton>
          {edit && newest?.state !== "submitted" ? (
            <LinkButton variant={newest ? "default" : "primary"} href={`${at}/edit`}>
              {newest && (newest.state === "draft" || newest.state === "rejected")
                ? t("edit")
                : t("next.version", { number: (newest?.number ?? 0) + 1 })}
            </LinkButton>
          ) : null}
        </>
      }
    />
  );
  if (!shown || !newest) {
    return (
      <>
        {head}
        <EmptyState title={t("none.title")}>{t("none.body")}</EmptyState>
      </>
    );
  }
  const facts = withHours(notice.facts, shown.words.hours);
  const { source } = shown.words;
  const frozen = shown.state === "draft" || shown.state === "rejected" ? null : shown.frozen;
  const current = frozen?.text ?? renderNotice(source, facts.values);
  const longest = longestNotice(source);
  // What was agreed to is judged as it is sent; a draft with the values of today.
  const verdicts = lintNotice(frozen?.text ?? source, facts, kstDay(now)).map((one) =>
    one.rule === "length" ? { ...one, values: { ...one.values, length: textLength(longestNotice(source)) } } : one,
  );
  const view = views.find((one) => one === search.view) ?? "variables";
  const [long, length, seenLength] = [textLength(longest), textLength(current), graphemes(current)];
  const [from, to] = pair(versions, search, shown);
  const submitter = newest.steps.findLast(({ kind }) => kind === "submitted")?.personId;
  const own = newest.authorIds.includes(actor.personId) || submitter === actor.personId;
  const query = (more: string) => `${at}?${search.version ? `version=${shown.number}&` : ""}view=${more}`;
  const refused = typeof search.refused === "string" ? `privacy.notices.uploads.${search.refused}` : null;
  const locale = asLocale(await getLocale());
  return (
    <>
      {head}
      {newest.state === "differs" ? <Callout kind="bad">{t("next.differs")}</Callout> : null}
      <WithRail
        label={t("preview.title")}
        rail={
          <div className="grid gap-4">
            {notice.id ? (
              <NoticeActs
                noticeId={notice.id}
                channelId={channel.id}
                version={newest}
                faults={lintNotice(
                  newest.state === "draft" || newest.state === "rejected"
                    ? newest.words.source
                    : (newest.frozen?.text ?? newest.words.source),
                  withHours(notice.facts, newest.words.hours),
                  kstDay(now),
                ).filter(({ verdict }) => verdict === "bad")}
                actions={actions}
                may={{
                  submit: can(actor, "notice:submit"),
                  approve: can(actor, "notice:approve"),
                  follow: can(actor, "notice:follow"),
                  withdraw: can(actor, "notice:withdraw"),
                }}
                own={own}
                today={kstDay(now)}
                refused={refused && (hasSentence(refused, locale) ? sentence(refused, locale) : t("uploads.failed"))}
              />
            ) : null}
            <section aria-label={t("preview.title")}>
              <h2 className="mb-2 text-sm font-semibold">{t("preview.title")}</h2>
              <NoticeBubble channel={channel.name} text={view === "longest" ? longest : current} />
              <p className="mt-2 text-xs text-fg-3">{t("preview.note")}</p>
            </section>
          </div>
        }
      >
        <Section
          title={t("text", { number: shown.number })}
          note={
            frozen ? (
              <>
                {t("locked")} <Hash value={frozen.textHash} />
              </>
            ) : (
              t("open")
            )
          }
        >
          <Segments
            label={t("view")}
            items={views.map((one) => ({ href: query(one), label: t(`views.${one}`), current: one === view }))}
          />
          <div className="mt-2 rounded-8 border border-line-2 p-4">
            {view === "variables" ? (
              <NoticeSource source={source} />
            ) : (
              <p className="whitespace-pre-wrap leading-7" lang="ko">
                {view === "now" ? current : longest}
              </p>
            )}
          </div>
          <p className={`mt-2 text-sm tabular-nums ${long > noticeLimit ? "text-bad" : "text-fg-3"}`}>
            {t("lengths", { now: length, longest: long, limit: noticeLimit })}
            {seenLength === length ? null : ` · ${t("graphemes", { count: seenLength })}`} · {t("counting")}
          </p>
        </Section>
        <Section
          title={t("lint")}
          note={t("lintNote", { ok: verdicts.filter(({ verdict }) => verdict === "ok").length, all: verdicts.length })}
        >
          <NoticeLint verdicts={verdicts} />
        </Section>
        <Section title={t("history.title")} note={t("history.note")}>
          <NoticeMatrix channelId={channel.id} versions={versions} now={now} />
        </Section>
        {from && to ? (
          <div id="compare">
            <Section title={t("compare.title", { from: from.number, to: to.number })}>
              <NoticeDiff before={textOf(from)} after={textOf(to)} />
              <div className="mt-4 flex flex-wrap gap-6">
                {[from, to].map((one) => (
                  <div key={one.id}>
                    <p className="mb-1 text-sm text-fg-3">v{one.number}</p>
                    <NoticeBubble channel={channel.name} text={textOf(one)} />
                  </div>
                ))}
              </div>
            </Section>
          </div>
        ) : null}
        <Section title={t("steps.title")}>
          <ul className="grid gap-2">
            {newest.steps.toReversed().map((step) => (
              <li key={step.id}>
                v{newest.number} {t(`steps.${step.kind}`)} · {step.by} · <Time at={step.at} now={now} />
                {step.ticket ? ` · ${step.ticket}` : ""}
                {step.note ? <span className="block text-fg-3">{step.note}</span> : null}
                {step.file ? (
                  <span className="block text-sm">
                    {step.file.name} <Hash value={step.file.sha256} />
                  </span>
                ) : null}
              </li>
            ))}
            <li className="text-fg-3">
              v{newest.number} {t("steps.saved")} · {newest.savedBy} · <Time at={newest.savedAt} now={now} />
            </li>
          </ul>
        </Section>
      </WithRail>
    </>
  );

  function textOf(version: NoticeVersionView): string {
    return version.frozen?.text ?? renderNotice(version.words.source, withHours(facts, version.words.hours).values);
  }
}

/** The two versions that are compared: those asked for, else the shown one with the one before it. */
function pair(
  versions: readonly NoticeVersionView[],
  { from, to }: Search,
  shown: NoticeVersionView,
): [NoticeVersionView | undefined, NoticeVersionView | undefined] {
  const of = (number: unknown) => versions.find((one) => String(one.number) === number);
  return [of(from) ?? versions.find(({ number }) => number === shown.number - 1), of(to) ?? shown];
}
