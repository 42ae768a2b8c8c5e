import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ChannelHeader } from "@/components/channels/channel-header";
import { CheckHistoryTable } from "@/components/channels/check-history-table";
import { PageCheck } from "@/components/channels/page-check";
import { ProfileCheckPanel } from "@/components/channels/profile-check-panel";
import { ProfileImportForm } from "@/components/channels/profile-import-form";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Section, WithRail } from "@/components/ui/section";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { listChecks } from "@/lib/channels/queries/list-checks";
import { pageKinds } from "@/lib/channels/schema/check";
import { loadChannel } from "../channel";
import { importProfileAction, runCheckAction } from "./actions";

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ after?: string | string[] }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations("channels.checks");
  return { title: `${t("title")} · ${(await loadChannel((await params).id)).name}` };
}

export default async function ChannelChecksPage({ params, searchParams }: Props) {
  const actor = await currentActor();
  const channel = await loadChannel((await params).id);
  const { after } = await searchParams;
  const checks = await listChecks(actor, channel.id, typeof after === "string" ? after : undefined);
  if (!checks) notFound();
  const t = await getTranslations("channels.checks");
  const form = await getTranslations("form");
  const now = new Date();
  const mayRun = can(actor, "check:run");
  const at = `/channels/${channel.id}/checks`;
  const newest = (kind: (typeof checks.newest)[number]["kind"]) =>
    checks.newest.find((one) => one.kind === kind) ?? null;
  const lacks = { "channel-home": channel.publicId === null, "privacy-policy": channel.privacyUrl === null };
  const edit = can(actor, "channel:edit") ? `/channels/${channel.id}/edit` : null;
  const panel = (
    <ProfileCheckPanel
      check={newest("sender-profile")}
      channelId={channel.id}
      mayRun={mayRun}
      linked={false}
      now={now}
    />
  );
  return (
    <>
      <ChannelHeader channel={channel} tab="checks" history={can(actor, "audit:read")} />
      <WithRail label={t("rail")} rail={panel}>
        <p className="mb-5 max-w-2xl text-sm text-fg-2">{t("intro")}</p>
        <Section title={t("pages.title")}>
          {pageKinds.map((kind) => (
            <PageCheck
              key={kind}
              kind={kind}
              check={newest(kind)}
              missing={
                lacks[kind]
                  ? {
                      why: t(kind === "channel-home" ? "pages.noPublicId" : "pages.noPrivacyUrl"),
                      ...{ fill: t("pages.fill"), href: edit },
                    }
                  : null
              }
              note={kind === "privacy-policy" && channel.dealer === null ? t("pages.noDealer") : undefined}
              now={now}
            >
              {mayRun ? (
                <ActionForm action={runCheckAction} summary={t("title")} working={form("working")}>
                  <input type="hidden" name="channelId" value={channel.id} />
                  <input type="hidden" name="kind" value={kind} />
                  <SubmitButton variant="default" size="sm">
                    {t("pages.again")}
                  </SubmitButton>
                </ActionForm>
              ) : null}
            </PageCheck>
          ))}
        </Section>
        {mayRun ? (
          <div id="import" className="my-7">
            <Section title={t("import.title")}>
              <ProfileImportForm channelId={channel.id} action={importProfileAction} />
            </Section>
          </div>
        ) : null}
        <Section title={t("history.title")}>
          {checks.items.length > 0 ? (
            <CheckHistoryTable checks={checks.items} now={now} />
          ) : (
            <EmptyState title={t("history.none")} />
          )}
          <div className="flex gap-2 pt-3">
            {after ? (
              <LinkButton size="sm" href={at}>
                {t("history.first")}
              </LinkButton>
            ) : null}
            {checks.next ? (
              <LinkButton size="sm" href={`${at}?after=${checks.next}`}>
                {t("history.more")}
              </LinkButton>
            ) : null}
          </div>
        </Section>
      </WithRail>
    </>
  );
}
