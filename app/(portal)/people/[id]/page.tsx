import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { cache } from "react";
import { ConfirmForm } from "@/components/form/confirm-form";
import { PersonState } from "@/components/people/person-state";
import { ProofField } from "@/components/people/proof-field";
import { RightChangeTable } from "@/components/people/right-change-table";
import { RightsPanel } from "@/components/people/rights-panel";
import { SessionTable } from "@/components/people/session-table";
import { LinkButton } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { PageHeader } from "@/components/ui/page-header";
import { Section, WithRail } from "@/components/ui/section";
import { can } from "@/lib/auth/permissions";
import { currentActor, signedIn } from "@/lib/auth/session";
import { dayWithWeekday, kstDay } from "@/lib/clock";
import { getPerson, listRightChanges } from "@/lib/people/queries/people";
import { lastDayOf } from "@/lib/people/rules";
import {
  changeExpiryAction,
  changeRoleAction,
  disablePersonAction,
  enablePersonAction,
  endSessionsOfAction,
  resetFactorAction,
} from "../actions";

type Props = { params: Promise<{ id: string }> };

const loadPerson = cache(async (id: string) => (await getPerson(await currentActor(), id)) ?? notFound());

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await loadPerson((await params).id)).name };
}

export default async function PersonPage({ params }: Props) {
  const actor = await currentActor();
  const person = await loadPerson((await params).id);
  const [t, locale, now] = [await getTranslations("people"), await getLocale(), new Date()];
  const { items } = await listRightChanges(actor, { personId: person.personId });
  const own = person.personId === actor.personId;
  const proofByCode = (await signedIn())?.totpConfirmed ?? false;
  const until = person.expiresAt ? dayWithWeekday(lastDayOf(person.expiresAt), locale, now) : t("noEnd");
  const endSessions =
    can(actor, "person:disable") && !own && person.openSessions.length > 0 ? (
      <ConfirmForm
        action={endSessionsOfAction}
        opener={t("person.endSessions")}
        openerSize="sm"
        title={t("person.endSessionsTitle", { name: person.name, count: person.openSessions.length })}
        body={t("person.endSessionsBody")}
        submit={t("person.endSessions")}
        hidden={{ personId: person.personId }}
      >
        <ProofField byCode={proofByCode} />
      </ConfirmForm>
    ) : null;
  const rights = can(actor, "person:change-role") ? (
    <RightsPanel
      person={person}
      today={kstDay(now)}
      proofByCode={proofByCode}
      actions={{
        changeRole: changeRoleAction,
        changeExpiry: changeExpiryAction,
        disable: disablePersonAction,
        enable: enablePersonAction,
        resetFactor: resetFactorAction,
      }}
    />
  ) : null;
  const toAccount = (
    <LinkButton href="/account" size="sm">
      {t("person.toAccount")}
    </LinkButton>
  );
  return (
    <>
      <PageHeader
        title={person.name}
        crumbs={[{ href: "/people", label: t("title") }]}
        status={<PersonState person={person} now={now} pill />}
        sub={person.email}
        facts={[
          [t("person.facts.role"), t(`roles.${person.role}`)],
          [t("person.facts.joined"), dayWithWeekday(person.joinedAt, locale, now)],
          [t("person.facts.until"), until],
          [t("column.factor"), t(person.totpConfirmed ? "factorOn" : "factorOff")],
        ]}
      />
      <WithRail
        label={t("person.rights")}
        rail={
          own ? (
            <Callout kind="note" actions={toAccount}>
              {t("person.own")}
            </Callout>
          ) : (
            rights
          )
        }
      >
        <Section title={t("person.sessions")} count={person.openSessions.length} actions={endSessions}>
          {person.openSessions.length > 0 ? (
            <SessionTable
              caption={t("person.sessions")}
              sessions={person.openSessions}
              current={actor.signInId}
              now={now}
            />
          ) : (
            <p className="hint">{t("person.noSessions")}</p>
          )}
        </Section>
        <Section title={t("person.history")}>
          <RightChangeTable changes={items} named={false} now={now} />
        </Section>
      </WithRail>
    </>
  );
}
