import { useLocale, useTranslations } from "next-intl";
import { Panel, PanelPart } from "@/components/ui/panel";
import { Status } from "@/components/ui/status";
import { sentence } from "@/lib/messages";
import type { TemplateReport } from "@/lib/templates/rules/report";
import { fieldName } from "./field-name";

/** What the rules say of the newest text: what keeps it from being submitted, then what a dealer may refuse. */
export function TemplateFindings({ report }: { report: TemplateReport }) {
  const t = useTranslations("templates.step");
  const at = useTranslations("templates.template.at");
  const source = useTranslations("templates.source");
  const locale = useLocale();
  const errors = report.findings.filter(({ severity }) => severity === "error");
  const warnings = report.findings.filter(({ severity }) => severity === "warning");
  return (
    <Panel title={t("findings")}>
      <PanelPart>
        {errors.length > 0 ? (
          <Status kind="bad">{t("errors", { count: errors.length })}</Status>
        ) : (
          <Status kind="ok">{t("sound")}</Status>
        )}
        {[...errors, ...warnings].length > 0 ? (
          <ul className="mt-2 grid gap-2 text-sm">
            {[...errors, ...warnings].map((finding) => (
              <li key={`${finding.path} ${finding.rule} ${finding.values.words ?? ""}`}>
                <Status kind={finding.severity === "error" ? "bad" : "warn"}>{fieldName(finding.path, at)}</Status>
                <p className="text-fg-2">
                  {sentence(`templates.rule.${finding.rule}`, locale, { ...finding.values })}{" "}
                  <span className="text-xs text-fg-3">{source(finding.source, { section: finding.section })}</span>
                </p>
              </li>
            ))}
          </ul>
        ) : null}
      </PanelPart>
    </Panel>
  );
}
