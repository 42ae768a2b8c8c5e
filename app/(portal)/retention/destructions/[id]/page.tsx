import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { DestructionActsPanel } from "@/components/retention/destruction-acts";
import { DestructionDealer } from "@/components/retention/destruction-dealer";
import { DestructionChannels, DestructionFacts } from "@/components/retention/destruction-facts";
import { DestructionResult } from "@/components/retention/destruction-result";
import { DestructionStateWord } from "@/components/retention/destruction-state";
import { DestructionSteps } from "@/components/retention/destruction-steps";
import { DestructionStores } from "@/components/retention/destruction-stores";
import { LinkButton } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { PageHeader } from "@/components/ui/page-header";
import { Panel, PanelPart } from "@/components/ui/panel";
import { Section, WithRail } from "@/components/ui/section";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { kstDay } from "@/lib/clock";
import { getDestruction } from "@/lib/retention/queries/get-destruction";
import { getRetentionSettings } from "@/lib/retention/queries/retention-settings";
import { backupGoneOn } from "@/lib/retention/rules/backup";
import { isOpen } from "@/lib/retention/rules/destruction";
import {
  approveDestructionAction,
  cancelDestructionAction,
  rejectDestructionAction,
  requestDestructionAction,
  startDestructionAction,
  takeDealerStepAction,
} from "../actions";

type Props = { params: Promise<{ id: string }> };

const load = cache(async (id: string) => {
  const actor = await currentActor();
  const now = new Date();
  const run = await getDestruction(actor, id, now);
  if (!run) notFound();
  return { actor, run, now };
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { run } = await load((await params).id);
  return { title: run.number };
}

export default async function DestructionPage({ params }: Props) {
  const { actor, run, now } = await load((await params).id);
  const t = await getTranslations("retention");
  const { backupDays } = await getRetentionSettings(actor);
  const [mayAsk, mayDecide, mayRun] = [
    can(actor, "destruction:request"),
    can(actor, "destruction:approve"),
    can(actor, "destruction:run"),
  ];
  const { state, steps } = run;
  const by = (kind: string) => steps.findLast((step) => step.kind === kind);
  const open = isOpen(state);
  const begun = state === "running" || state === "stopped" || state === "finished";
  const own = run.preparedBy === actor.personId || by("requested")?.personId === actor.personId;
  const agreed = by("approved")?.personId === actor.personId;
  const decides = state === "requested" && mayDecide && !own;
  const starts = state === "approved" && mayRun && !agreed;
  const acts = {
    request: state === "prepared" && mayAsk ? requestDestructionAction : null,
    approve: decides ? approveDestructionAction : null,
    reject: decides ? rejectDestructionAction : null,
    start: starts ? startDestructionAction : null,
    cancel: open && mayAsk ? cancelDestructionAction : null,
  };
  const why =
    state === "requested" && !decides
      ? own
        ? "own"
        : "second"
      : state === "approved" && !starts
        ? agreed
          ? "approver"
          : "officer"
        : state === "prepared" && !mayAsk
          ? "asks"
          : null;
  const ended = by("finished") ?? by("stopped");
  const gone = backupGoneOn(kstDay(ended?.at ?? now), backupDays);
  const dealer = by("dealer-confirmed") ? null : by("dealer-asked") ? "dealer-confirmed" : "dealer-asked";
  return (
    <>
      <PageHeader
        title={run.number}
        crumbs={[
          { href: "/retention", label: t("title") },
          { href: "/retention/destructions", label: t("destructions.title") },
        ]}
        status={<DestructionStateWord state={state} pill />}
        sub={t(`destructions.kindNotes.${run.kind as "routine"}`)}
      />
      <WithRail
        label={t("destructions.history")}
        rail={
          <>
            {open ? (
              <div className="mb-6">
                <DestructionActsPanel run={run} acts={acts} why={why} now={now} />
              </div>
            ) : null}
            {state === "finished" || state === "stopped" ? (
              <div className="mb-6">
                <DestructionDealer
                  destructionId={run.id}
                  next={dealer}
                  action={mayAsk ? takeDealerStepAction : null}
                  letter={mayAsk && run.channels.some(({ destroyed }) => destroyed > 0)}
                  today={kstDay(now)}
                />
              </div>
            ) : null}
            <Section title={t("destructions.history")}>
              <DestructionSteps run={run} now={now} />
            </Section>
          </>
        }
      >
        {begun ? (
          <div className="mb-5">
            <DestructionResult run={run} />
          </div>
        ) : null}
        {state === "expired" ? (
          <div className="mb-5">
            <Callout
              kind="off"
              title={t("destructions.expired")}
              actions={
                can(actor, "destruction:preview") ? (
                  <LinkButton size="sm" href="/retention/destructions/new">
                    {t("destructions.again")}
                  </LinkButton>
                ) : undefined
              }
            />
          </div>
        ) : null}
        <div className="mb-6">
          <Panel title={t("destructions.facts.title")}>
            <PanelPart>
              <DestructionFacts run={run} opensRequest={can(actor, "data-request:read")} now={now} />
            </PanelPart>
          </Panel>
        </div>
        <Section title={t("destructions.preview.byChannel")}>
          <DestructionChannels channels={run.channels} begun={begun} />
        </Section>
        <Section title={t("destructions.stores.title")}>
          <DestructionStores sessions={run.sessions} files={run.files} backupGoneOn={gone} />
        </Section>
      </WithRail>
    </>
  );
}
