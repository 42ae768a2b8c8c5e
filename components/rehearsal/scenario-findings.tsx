import { useLocale, useTranslations } from "next-intl";
import { Panel, PanelPart } from "@/components/ui/panel";
import { Status } from "@/components/ui/status";
import { sentence } from "@/lib/messages";
import { labelOf } from "@/lib/rehearsal/rules/draw-scenario";
import type { ScenarioFinding } from "@/lib/rehearsal/rules/judge-scenario";
import type { ScenarioView } from "@/lib/rehearsal/schema/view";

/** What is wrong with the newest draft, each with the way to its node. */
export function ScenarioFindings({ scenario: { content, findings, templates } }: { scenario: ScenarioView }) {
  const t = useTranslations("rehearsal");
  const byId = new Map(content.nodes.map((node) => [node.id, node]));
  const named = (id: string) => {
    const node = byId.get(id);
    return node ? labelOf(node, templates) || t(`kind.${node.kind}`) : t("whole");
  };
  return (
    <Panel title={t("findings")}>
      <PanelPart>
        {findings.length === 0 ? (
          <Status kind="ok">{t("sound")}</Status>
        ) : (
          <ul className="grid gap-2 text-sm">
            {findings.map((finding) => (
              <li key={`${finding.node} ${finding.fault} ${JSON.stringify(finding.values)}`}>
                <Status kind={finding.severity === "error" ? "bad" : "warn"}>
                  {finding.node === "" ? named("") : <a href={`#node-${finding.node}`}>{named(finding.node)}</a>}
                </Status>
                <p className="text-fg-2">
                  <Says finding={finding} />
                </p>
              </li>
            ))}
          </ul>
        )}
      </PanelPart>
    </Panel>
  );
}

function Says({ finding: { fault, values } }: { finding: ScenarioFinding }) {
  const t = useTranslations("rehearsal.fault");
  const locale = useLocale();
  if (fault === "limit") return sentence(`templates.rule.${values.rule}`, locale, { ...values });
  return t(fault, { ...values });
}
