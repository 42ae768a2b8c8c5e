import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PolicyApprovalPanel } from "@/components/retention/policy-approval-panel";
import { PolicyEffectSection } from "@/components/retention/policy-effect-section";
import { PolicyHeader } from "@/components/retention/policy-header";
import { PolicyProfile } from "@/components/retention/policy-profile";
import { PolicySteps } from "@/components/retention/policy-steps";
import { PolicyDifference, PolicyVersions } from "@/components/retention/policy-versions";
import { StandingPanel } from "@/components/retention/standing-panel";
import { LinkButton } from "@/components/ui/button";
import { Section, WithRail } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { can } from "@/lib/auth/permissions";
import { getPolicyEffect } from "@/lib/retention/queries/policy-effect";
import { countKept } from "@/lib/retention/queries/policy-kept";
import { policyCode } from "@/lib/retention/rules/policy-content";
import { policyWarnings } from "@/lib/retention/rules/policy-fit";
import {
  approvePolicyAction,
  approveStandingAction,
  declineStandingAction,
  endStandingAction,
  rejectPolicyAction,
  requestStandingAction,
  submitPolicyAction,
  withdrawPolicyAction,
  withdrawStandingAction,
} from "../actions";
import { loadPolicy } from "./policy";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { policy } = await loadPolicy((await params).id);
  return { title: `${policy.name} ${policyCode(policy.number)}` };
}

export default async function PolicyPage({ params }: Props) {
  const { actor, policy, now } = await loadPolicy((await params).id);
  const t = await getTranslations("retention.policies");
  const open = policy.state !== "approved";
  const [effect, kept] = await Promise.all([
    open ? getPolicyEffect(actor, policy.id, now) : null,
    countKept(actor, policy.id),
  ]);
  const submitter = policy.steps.find((step) => step.kind === "submitted")?.personId;
  const own = policy.authorIds.includes(actor.personId) || submitter === actor.personId;
  const maySubmit = can(actor, "policy:submit");
  const mayDecide = can(actor, "policy:approve") && !own;
  const mayAsk = can(actor, "standing-approval:request");
  const mayAgree = can(actor, "standing-approval:approve");
  const [newest] = policy.versions;
  const at = `/retention/policies/${policy.id}`;
  return (
    <>
      <PolicyHeader
        policy={policy}
        tab="overview"
        actions={can(actor, "policy:edit") ? <LinkButton href={`${at}/edit`}>{t("edit")}</LinkButton> : null}
      />
      <WithRail
        label={t("approval.title")}
        rail={
          <>
            <PolicyApprovalPanel
              policy={policy}
              warnings={open ? policyWarnings({ ...policy, ...policy.content }) : []}
              acts={{
                submit: maySubmit ? submitPolicyAction : null,
                withdraw: maySubmit ? withdrawPolicyAction : null,
                approve: mayDecide ? approvePolicyAction : null,
                reject: mayDecide ? rejectPolicyAction : null,
                own,
              }}
              now={now}
            />
            <StandingPanel
              policy={policy}
              acts={{
                request: mayAsk ? requestStandingAction : null,
                withdraw: mayAsk ? withdrawStandingAction : null,
                approve: mayAgree ? approveStandingAction : null,
                decline: mayAgree ? declineStandingAction : null,
                end: mayAsk || mayAgree ? endStandingAction : null,
              }}
              personId={actor.personId}
              now={now}
            />
          </>
        }
      >
        {open && newest ? (
          <Section title={t("newest", { number: policy.version })}>
            {policy.inForce ? (
              <PolicyDifference before={policy.inForce} after={newest} />
            ) : (
              <PolicyProfile content={policy.content} />
            )}
          </Section>
        ) : null}
        {effect ? <PolicyEffectSection effect={effect} number={policy.version} scope={policy.scope} /> : null}
        <Section
          title={t("now")}
          note={
            policy.inForce ? (
              <>
                v{policy.inForce.number} · <Time at={policy.inForce.fromAt} as="date" now={now} /> ·{" "}
                {policy.inForce.approvedBy}
              </>
            ) : undefined
          }
        >
          {policy.inForce ? (
            <PolicyProfile content={policy.inForce.content} />
          ) : (
            <p className="text-sm text-fg-2">{t("nothingInForce")}</p>
          )}
        </Section>
        <Section
          title={t("column.stored")}
          note={policy.scope === "file" ? t("storedFiles", { count: kept }) : t("storedSessions", { count: kept })}
        >
          {can(actor, "transcript:search") && policy.scope === "text" ? (
            <LinkButton size="sm" href={`/transcripts?policy=${policy.id}`}>
              {t("seeSessions")}
            </LinkButton>
          ) : null}
        </Section>
        <PolicyVersions policy={policy} now={now} />
        <PolicySteps steps={policy.steps} now={now} />
        <p className="hint mt-6">
          {t("noDelete")} {t("fixed")}
        </p>
      </WithRail>
    </>
  );
}
