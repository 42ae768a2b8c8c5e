import { useTranslations } from "next-intl";
import { Section } from "@/components/ui/section";
import { Status } from "@/components/ui/status";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { Hash } from "@/components/ui/text";
import { Time } from "@/components/ui/time";
import { type PolicyStepKind, policyState } from "@/lib/retention/rules/policy-approval";
import { policyDifferences } from "@/lib/retention/rules/policy-content";
import type { PolicyView } from "@/lib/retention/rules/policy-view";
import { PeriodValue, WordValue } from "./policy-value";

/** Every version with its hash, who saved it and who decided. */
export function PolicyVersions({ policy, now }: { policy: PolicyView; now: Date }) {
  const t = useTranslations("retention.policies");
  return (
    <Section title={t("versions")} count={policy.versions.length}>
      <Table
        caption={t("versions")}
        head={
          <>
            <Th>{t("versions")}</Th>
            <Th>{t("fields.period")}</Th>
            <Th phone="hide">{t("fields.basis")}</Th>
            <Th phone="hide">{t("hash")}</Th>
            <Th phone="hide">{t("savedBy")}</Th>
            <Th>{t("column.state")}</Th>
          </>
        }
      >
        {policy.versions.map((version) => {
          const state = policyState(version.number, policy.steps);
          const approved = policy.steps.find((step) => step.kind === "approved" && step.number === version.number);
          const current = policy.inForce?.number === version.number;
          return (
            <Tr key={version.id}>
              <TdName>{t("version", { number: version.number })}</TdName>
              <Td nowrap>
                <PeriodValue period={version.content} />
              </Td>
              <Td phone="hide">
                <WordValue name="basis" content={version.content} />
              </Td>
              <Td phone="hide">
                <Hash value={version.hash} head={8} tail={8} />
              </Td>
              <Td phone="hide" second={<Time at={version.at} now={now} />}>
                {version.by}
              </Td>
              <Td
                second={approved ? <StepBy by={approved.by} kind="approved" at={approved.at} now={now} /> : undefined}
              >
                <Status
                  kind={current ? "ok" : state === "submitted" ? "waiting" : state === "rejected" ? "bad" : "off"}
                >
                  {state === "approved" && !current ? t("approval.step.approved") : t(`states.${state}`)}
                </Status>
              </Td>
            </Tr>
          );
        })}
      </Table>
    </Section>
  );
}

function StepBy({ by, kind, at, now }: { by: string; kind: PolicyStepKind; at: Date; now: Date }) {
  const t = useTranslations("retention.policies.approval.step");
  return (
    <>
      {by} {t(kind)} · <Time at={at} now={now} />
    </>
  );
}

/** What two versions say differently, side by side. */
export function PolicyDifference({
  before,
  after,
}: {
  before: PolicyView["versions"][number];
  after: PolicyView["versions"][number];
}) {
  const t = useTranslations("retention.policies");
  const names = policyDifferences(before.content, after.content);
  if (names.length === 0) return <p className="text-sm text-fg-2">{t("history.same")}</p>;
  return (
    <Table
      caption={t("history.title")}
      boxed
      head={
        <>
          <Th>{t("history.what")}</Th>
          <Th>{t("history.before", { number: before.number })}</Th>
          <Th>{t("history.before", { number: after.number })}</Th>
        </>
      }
    >
      {names.map((name) => (
        <Tr key={name}>
          <TdName>{t(`fields.${name}`)}</TdName>
          <Td>
            <WordValue name={name} content={before.content} />
          </Td>
          <Td>
            <strong className="font-semibold">
              <WordValue name={name} content={after.content} />
            </strong>
          </Td>
        </Tr>
      ))}
    </Table>
  );
}
