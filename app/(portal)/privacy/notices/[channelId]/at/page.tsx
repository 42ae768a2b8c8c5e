import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { NoticeSeen } from "@/components/privacy/notice-seen";
import { Button, LinkButton } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { currentActor } from "@/lib/auth/session";
import { clockTime, fullTime, kstDay } from "@/lib/clock";
import { asLocale } from "@/lib/locale";
import { noticeAt } from "@/lib/privacy/queries/notice-at";
import { askedInstant } from "@/lib/privacy/schema/notice-at";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("privacy.notices.at"))("title") };
}

type Props = {
  params: Promise<{ channelId: string }>;
  searchParams: Promise<{ at?: string | string[] }>;
};

/** What a user of this channel saw at any instant (guide 3-1). */
export default async function NoticeAtPage({ params, searchParams }: Props) {
  const actor = await currentActor();
  const [{ channelId }, { at: asked }] = [await params, await searchParams];
  const now = new Date();
  const instant = askedInstant(asked, now);
  const seen = await noticeAt(actor, channelId, instant ?? now);
  if (!seen) notFound();
  const t = await getTranslations("privacy.notices");
  const locale = asLocale(await getLocale());
  const address = `/privacy/notices/${channelId}`;
  const exact = (instant ?? now).toISOString();
  return (
    <>
      <PageHeader
        title={t("at.title")}
        sub={t("at.about")}
        crumbs={[
          { href: "/privacy/notices", label: t("title") },
          { href: address, label: seen.channel.name },
        ]}
        actions={
          seen.shown && instant ? (
            <>
              <LinkButton href={`${address}/at/json?at=${encodeURIComponent(exact)}`} prefetch={false}>
                JSON
              </LinkButton>
              <LinkButton
                href={`${address}/at/pdf?at=${encodeURIComponent(exact)}`}
                prefetch={false}
                icon={<Icon name="download" />}
              >
                PDF
              </LinkButton>
            </>
          ) : null
        }
      />
      <form action={`${address}/at`} className="flex flex-wrap items-end gap-3">
        <label className="grid gap-1">
          <span className="text-sm font-medium">{t("at.when")}</span>
          <input
            type="datetime-local"
            name="at"
            className="input"
            required
            max={`${kstDay(now)}T23:59`}
            defaultValue={`${kstDay(instant ?? now)}T${clockTime(instant ?? now)}`}
            aria-invalid={instant === null || undefined}
            aria-describedby={instant === null ? "at-error" : undefined}
          />
        </label>
        <Button type="submit">{t("at.show")}</Button>
        {instant === null ? (
          <p id="at-error" className="basis-full text-bad" role="alert">
            {t("at.noInstant")}
          </p>
        ) : null}
      </form>
      {seen.unseen ? (
        <div className="mt-4">
          <Callout kind="warn">
            {t("at.unseen", { version: seen.unseen.version, at: fullTime(seen.unseen.since, locale) })}
          </Callout>
        </div>
      ) : null}
      {seen.shown ? (
        <div className="mt-6 grid grid-cols-[minmax(0,1fr)_minmax(0,420px)] items-start gap-8 max-[1079px]:grid-cols-1">
          <Section title={t("at.text", { version: seen.shown.version })}>
            <p className="rounded-8 border border-line-2 p-4 whitespace-pre-wrap" lang="ko">
              {seen.shown.text}
            </p>
          </Section>
          <Section title={t("at.proof")}>
            <NoticeSeen seen={seen.shown} />
          </Section>
        </div>
      ) : (
        <div className="mt-6">
          <Callout kind="warn" title={t("at.none", { at: fullTime(seen.at, locale) })}>
            <p>{t("at.noneText")}</p>
          </Callout>
        </div>
      )}
      {seen.spans.length > 0 ? (
        <div className="mt-7">
          <Section title={t("at.spans")}>
            <ul className="grid gap-1">
              {seen.spans.map(({ versionId, number, from, until }) => (
                <li key={`${versionId} ${from.getTime()}`}>
                  <Link href={`${address}/at?at=${encodeURIComponent(from.toISOString())}`}>v{number}</Link>{" "}
                  <Time at={from} now={now} /> – {until ? <Time at={until} now={now} /> : t("at.untilNow")}
                </li>
              ))}
            </ul>
          </Section>
        </div>
      ) : null}
    </>
  );
}
