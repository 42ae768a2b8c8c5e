import type { Metadata } from "next";
import { forbidden, notFound } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { type PrepareChoice, PrepareDestructionForm } from "@/components/retention/prepare-destruction-form";
import { PreviewPanel } from "@/components/retention/preview-panel";
import { Callout } from "@/components/ui/callout";
import { KeyValue } from "@/components/ui/key-value";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { Panel, PanelPart } from "@/components/ui/panel";
import { Segments } from "@/components/ui/tabs";
import { Missing } from "@/components/ui/text";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { addDays, fullDay, kstDay } from "@/lib/clock";
import { getRequest, type RequestView } from "@/lib/privacy/queries/get-request";
import { requestNumber } from "@/lib/privacy/rules/request";
import { listDestructions } from "@/lib/retention/queries/list-destructions";
import { listPolicies } from "@/lib/retention/queries/list-policies";
import { previewDestruction } from "@/lib/retention/queries/preview-destruction";
import { getRetentionSettings } from "@/lib/retention/queries/retention-settings";
import { backupGoneOn } from "@/lib/retention/rules/backup";
import { prepareDestructionAction } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("retention.destructions"))("prepare") };
}

type Search = Promise<Record<"kind" | "request" | "session", string | string[] | undefined>>;

const here = "/retention/destructions/new";

export default async function PrepareDestructionPage({ searchParams }: { searchParams: Search }) {
  const actor = await currentActor();
  const now = new Date();
  const rows = await previewDestruction(actor, now);
  const t = await getTranslations("retention");
  const { kind, request: asked, session } = await searchParams;
  const mayPrepare = can(actor, "destruction:request");
  const requestId = typeof asked === "string" ? asked : null;
  if (requestId !== null && !mayPrepare) forbidden();
  const request = requestId === null ? null : await getRequest(actor, requestId);
  if (requestId !== null && !request) notFound();
  const early = kind === "early" || typeof session === "string";
  const yesterday = addDays(kstDay(now), -1);
  const choice: PrepareChoice = request
    ? { kind: "request", dataRequestId: request.id }
    : early
      ? { kind: "early", sessions: typeof session === "string" ? session.slice(0, 100) : "" }
      : {
          ...{ kind: "routine", yesterday, channels: rows.map(({ channelId, name }) => ({ id: channelId, name })) },
          policies: (await listPolicies(actor, {})).items.map(({ id, name }) => ({ id, name })),
        };
  const open = choice.kind === "routine" ? (await listDestructions(actor, { state: "open" }, now)).items[0] : null;
  const { backupDays } = await getRetentionSettings(actor);
  return (
    <>
      <PageHeader
        title={t("destructions.prepare")}
        sub={t("destructions.prepareAbout")}
        crumbs={[
          { href: "/retention", label: t("title") },
          { href: "/retention/destructions", label: t("destructions.title") },
        ]}
      />
      {mayPrepare ? (
        <Segments
          label={t("destructions.columns.kind")}
          items={[
            { href: here, label: t("destructions.kinds.routine"), current: choice.kind === "routine" },
            {
              href: `${here}?kind=early`,
              label: t("destructions.kinds.early"),
              current: choice.kind === "early",
            },
            ...(request
              ? [
                  {
                    href: `${here}?request=${request.id}`,
                    label: t("destructions.kinds.request"),
                    current: true,
                  },
                ]
              : []),
          ]}
        />
      ) : null}
      {choice.kind === "routine" ? (
        <div className="mt-5">
          <PreviewPanel
            rows={rows}
            open={open ?? null}
            backupGoneOn={backupGoneOn(kstDay(now), backupDays)}
            prepare={null}
            now={now}
          />
        </div>
      ) : null}
      {request ? <RequestFacts request={request} /> : null}
      {mayPrepare ? (
        <div className="mt-5">
          <PrepareDestructionForm key={choice.kind} action={prepareDestructionAction} choice={choice} />
        </div>
      ) : (
        <p className="mt-4 text-sm text-fg-3">{t("destructions.onlyOfficer")}</p>
      )}
    </>
  );
}

/** The data subject's request behind it, by its number and channel: what was said in it stays sealed. */
function RequestFacts({ request }: { request: RequestView }) {
  const t = useTranslations("retention.destructions");
  const locale = useLocale();
  return (
    <div className="mt-5 max-w-140">
      <Panel title={t("request.title")}>
        <PanelPart>
          <KeyValue
            rows={[
              [
                t("request.number"),
                <Link key="number" href={`/privacy/requests/${request.id}`}>
                  {requestNumber(request.number)}
                </Link>,
              ],
              [t("request.receivedOn"), fullDay(request.receivedOn, locale)],
              [t("request.channel"), request.channelName ?? <Missing key="channel" what="field" />],
            ]}
          />
        </PanelPart>
      </Panel>
      {request.kind === "deletion" && request.known ? null : (
        <div className="mt-3">
          <Callout kind="warn">{t("refused.noSubject")}</Callout>
        </div>
      )}
    </div>
  );
}
