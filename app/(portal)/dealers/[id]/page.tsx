import type { Metadata } from "next";
import { forbidden, notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { cache } from "react";
import { ConnectionCalls } from "@/components/dealers/connection-calls";
import { ConnectionAddress, ConnectionAllowed, ConnectionSecret } from "@/components/dealers/connection-credentials";
import { ConnectionNotices } from "@/components/dealers/connection-notices";
import { ConnectionStatus } from "@/components/dealers/connection-table";
import { SetAsideTable } from "@/components/dealers/set-aside-table";
import { ConfirmForm } from "@/components/form/confirm-form";
import { UnknownCodeTable } from "@/components/transcripts/unknown-code-table";
import { LineChart } from "@/components/ui/line-chart";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { Section } from "@/components/ui/section";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { fullTime } from "@/lib/clock";
import { dealerDialects } from "@/lib/dealers/client/client";
import { getConnection, listSetAsides } from "@/lib/dealers/queries/connections";
import { getAccess } from "@/lib/dealers/queries/dealer-access";
import { isCallable } from "@/lib/dealers/schema/access";
import { connectionSchema } from "@/lib/dealers/schema/connection";
import { Forbidden } from "@/lib/errors";
import { listUnknownCodes } from "@/lib/transcripts/queries/list-consults";
import {
  closeAccessAction,
  closeConnectionAction,
  editConnectionAction,
  openAccessAction,
  rotateSecretAction,
  rotateTokenAction,
  tryAccessAction,
} from "../actions";

type Params = Promise<{ id: string }>;
type Search = Promise<{ after?: string | string[] }>;

const loadConnection = cache(async (id: string) => {
  const actor = await currentActor();
  const now = new Date();
  const known = connectionSchema.safeParse({ connectionId: id });
  const connection = known.success ? await getConnection(actor, known.data.connectionId, now).catch(refused) : null;
  if (!connection) notFound();
  return { actor, connection, now };
});

function refused(error: unknown): never {
  if (error instanceof Forbidden) forbidden();
  throw error;
}

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  return { title: (await loadConnection((await params).id)).connection.channel.name };
}

export default async function ConnectionPage({ params, searchParams }: { params: Params; searchParams: Search }) {
  const { actor, connection, now } = await loadConnection((await params).id);
  const { id, channel, format, days } = connection;
  const { after } = await searchParams;
  const [t, locale] = await Promise.all([getTranslations("dealers"), getLocale()]);
  const cursor = typeof after === "string" ? after : null;
  const [setAsides, codes] = await Promise.all([listSetAsides(actor, id, cursor), listUnknownCodes(actor, channel.id)]);
  const open = connection.closedAt === null;
  return (
    <>
      <PageHeader
        title={channel.name}
        here={t(`format.${format}`)}
        crumbs={[
          { href: "/dealers", label: t("contracts.title") },
          { href: "/dealers/connections", label: t("connections") },
        ]}
        status={<ConnectionStatus closedAt={connection.closedAt} lastEventAt={connection.lastEventAt} pill />}
        facts={[
          [t("facts.channel"), <Link key="c" href={`/channels/${channel.id}`}>{`@${channel.searchId}`}</Link>],
          [t("facts.format"), t(`format.${format}`)],
          [t("facts.created"), fullTime(connection.createdAt, locale)],
          [t("facts.rotated"), fullTime(connection.rotatedAt, locale)],
          [t("facts.last"), connection.lastEventAt ? fullTime(connection.lastEventAt, locale) : t("never")],
        ]}
        actions={
          open && can(actor, "connection:close") ? (
            <ConfirmForm
              action={closeConnectionAction}
              opener={t("close.open")}
              title={t("close.title")}
              body={t("close.body")}
              submit={t("close.submit")}
              variant="danger"
              hidden={{ connectionId: id }}
            />
          ) : null
        }
      />
      <ConnectionNotices connection={connection} />
      <Section title={t("activity.title")}>
        <LineChart
          label={t("activity.label")}
          days={days.map(({ day }) => day)}
          series={[
            { label: t("activity.events"), values: days.map(({ events }) => events) },
            { label: t("activity.setAside"), values: days.map(({ setAside }) => setAside) },
          ]}
          now={now}
        />
      </Section>
      {open && can(actor, "connection:rotate") ? (
        <>
          <ConnectionAddress connectionId={id} action={rotateTokenAction} />
          {format === "canonical" ? (
            <ConnectionSecret connectionId={id} action={rotateSecretAction} signed={connection.signed} />
          ) : null}
        </>
      ) : null}
      {open && can(actor, "connection:edit") ? (
        <ConnectionAllowed connection={connection} action={editConnectionAction} />
      ) : null}
      {open && isCallable(format) && can(actor, "connection:call") ? (
        <ConnectionCalls
          connectionId={id}
          format={format}
          documented={dealerDialects[format].address}
          access={await getAccess(actor, id)}
          openAction={openAccessAction}
          tryAction={tryAccessAction}
          closeAction={closeAccessAction}
          now={now}
        />
      ) : null}
      <Section title={t("codes.title")} count={codes.length} note={t("codes.note")}>
        {codes.length === 0 ? (
          <p className="text-sm text-fg-3">{t("codes.none")}</p>
        ) : (
          <UnknownCodeTable codes={codes} now={now} />
        )}
      </Section>
      <Section title={t("setAsides.title")} note={t("setAsides.note")}>
        {setAsides.items.length === 0 ? (
          <p className="text-sm text-fg-3">{t("setAsides.none")}</p>
        ) : (
          <>
            <SetAsideTable items={setAsides.items} now={now} />
            <Pagination
              label={t("setAsides.list")}
              range={t("setAsides.range", { count: setAsides.items.length })}
              previous={cursor ? `/dealers/${id}` : null}
              next={setAsides.next ? `/dealers/${id}?after=${setAsides.next}` : null}
            />
          </>
        )}
      </Section>
    </>
  );
}
