import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { cache } from "react";
import { ConfirmForm } from "@/components/form/confirm-form";
import { TextArea } from "@/components/form/text-area";
import { HeldSessionTable } from "@/components/retention/held-session-table";
import { EditHoldForm } from "@/components/retention/hold-form";
import { HoldRelease } from "@/components/retention/hold-release";
import { HoldScopeText } from "@/components/retention/hold-scope";
import { HoldStateWord } from "@/components/retention/hold-state";
import { Callout } from "@/components/ui/callout";
import { KeyValue } from "@/components/ui/key-value";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { Panel, PanelPart } from "@/components/ui/panel";
import { Section, WithRail } from "@/components/ui/section";
import { Deadline, Mono, Who } from "@/components/ui/text";
import { Time } from "@/components/ui/time";
import { Timeline } from "@/components/ui/timeline";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { dayAndTime } from "@/lib/clock";
import { hasSentence, sentence } from "@/lib/messages";
import { getHold, listHeldSessions } from "@/lib/retention/queries/get-hold";
import { holdChoices, listHoldEvents } from "@/lib/retention/queries/hold-choices";
import { holdNumber } from "@/lib/retention/rules/hold";
import {
  approveReleaseAction,
  declineReleaseAction,
  editHoldAction,
  requestReleaseAction,
  withdrawReleaseAction,
} from "../actions";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ after?: string | string[]; before?: string | string[] }>;
};

const load = cache(async (id: string) => {
  const actor = await currentActor();
  const hold = await getHold(actor, id);
  if (!hold) notFound();
  return { actor, hold };
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { hold } = await load((await params).id);
  return { title: `${holdNumber(hold.number)} ${hold.title}` };
}

export default async function HoldPage({ params, searchParams }: Props) {
  const { actor, hold } = await load((await params).id);
  const { after, before } = await searchParams;
  const now = new Date();
  const t = await getTranslations("retention");
  const locale = await getLocale();
  const one = (value: string | string[] | undefined) => (typeof value === "string" ? { value } : {});
  const cursors = { after: one(after).value, before: one(before).value };
  const page = await listHeldSessions(actor, hold, {
    ...(cursors.after ? { after: cursors.after } : {}),
    ...(cursors.before ? { before: cursors.before } : {}),
  });
  const events = await listHoldEvents(actor, hold.id);
  const mayEdit = can(actor, "hold:edit") && hold.state !== "released";
  const owners = mayEdit ? (await holdChoices(actor, now)).owners : [];
  const waiting = hold.releases.find(({ outcome }) => outcome === null);
  const at = `/retention/holds/${hold.id}`;
  return (
    <>
      <PageHeader
        title={hold.title}
        here={holdNumber(hold.number)}
        crumbs={[
          { href: "/retention", label: t("title") },
          { href: "/retention/holds", label: t("holds.title") },
        ]}
        status={<HoldStateWord state={hold.state} pill />}
        sub={<Mono>{holdNumber(hold.number)}</Mono>}
      />
      {waiting ? (
        <div className="mb-5">
          <HoldRelease
            release={waiting}
            viewer={{
              mayDecide: can(actor, "hold:approve-release"),
              mayWithdraw: can(actor, "hold:request-release"),
              asked: waiting.requestedBy === actor.personId,
            }}
            now={now}
            actions={{
              approve: approveReleaseAction,
              decline: declineReleaseAction,
              withdraw: withdrawReleaseAction,
            }}
          />
        </div>
      ) : null}
      <WithRail
        label={t("holds.history")}
        rail={
          <>
            <div className="mb-6">
              <Panel title={t("holds.facts")} icon="lock">
                <PanelPart>
                  <KeyValue
                    rows={[
                      [t("holds.scope"), <HoldScopeText key="scope" hold={hold} now={now} />],
                      ...(hold.scope === "session"
                        ? [[t("holds.field.session"), hold.sessionNumber ?? t("holds.sessionGone")] as const]
                        : []),
                      [t("holds.coveredThen"), t("holds.count", { count: hold.covered })],
                      [
                        t("holds.coveredNow"),
                        hold.more
                          ? t("holds.orMore", { count: hold.sessions })
                          : t("holds.count", { count: hold.sessions }),
                      ],
                      [t("holds.columns.owner"), <Who key="owner" name={hold.ownerName} />],
                      [
                        t("holds.columns.reviewOn"),
                        <Deadline key="review" on={hold.reviewOn} now={now} done={hold.state === "released"} />,
                      ],
                      [
                        t("holds.placedBy"),
                        <span key="placed">
                          {hold.placedByName} · <Time at={hold.placedAt} now={now} />
                        </span>,
                      ],
                      [
                        t("holds.field.reason"),
                        <span key="reason" className="whitespace-pre-line">
                          {hold.reason}
                        </span>,
                      ],
                    ]}
                  />
                </PanelPart>
                {can(actor, "hold:request-release") && hold.state === "active" ? (
                  <PanelPart>
                    <ConfirmForm
                      action={requestReleaseAction}
                      opener={t("holds.release.ask")}
                      title={t("holds.release.askQuestion")}
                      body={t("holds.releaseNote")}
                      submit={t("holds.release.ask")}
                      hidden={{ holdId: hold.id, version: String(hold.version) }}
                      fields={{ reason: t("holds.release.reason") }}
                    >
                      <TextArea name="reason" label={t("holds.release.reason")} limit={1_000} rows={3} />
                    </ConfirmForm>
                  </PanelPart>
                ) : null}
              </Panel>
            </div>
            <Section title={t("holds.history")}>
              <Timeline
                moments={events.map((event) => ({
                  key: event.id,
                  kind: "note",
                  title: hasSentence(`audit.actions.${event.action}`, locale)
                    ? sentence(`audit.actions.${event.action}`, locale)
                    : event.action,
                  note: `${event.by} · ${dayAndTime(event.at, locale, now)}`,
                }))}
              />
            </Section>
          </>
        }
      >
        <Section
          title={t("holds.sessions.title")}
          note={t(hold.state === "released" ? "holds.sessions.noteReleased" : "holds.sessions.note")}
        >
          {page.items.length === 0 ? (
            <p className="text-sm text-fg-3">{t("holds.sessions.none")}</p>
          ) : (
            <>
              <HeldSessionTable sessions={page.items} opens={can(actor, "transcript:search")} now={now} />
              <Pagination
                label={t("holds.sessions.title")}
                range={t("holds.range", { count: page.items.length })}
                previous={page.previous && `${at}?before=${page.previous}`}
                next={page.next && `${at}?after=${page.next}`}
              />
            </>
          )}
        </Section>
        {mayEdit ? (
          <Section title={t("holds.edit")} note={t("holds.editNote")}>
            <EditHoldForm key={hold.version} action={editHoldAction} hold={hold} owners={owners} />
          </Section>
        ) : null}
        {hold.state === "released" ? <Callout kind="off">{t("holds.releaseNote")}</Callout> : null}
      </WithRail>
    </>
  );
}
