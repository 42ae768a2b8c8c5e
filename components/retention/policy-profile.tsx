import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { KeyValue } from "@/components/ui/key-value";
import { lawByKey } from "@/lib/retention/rules/law-table";
import { type PolicyContent, policyWordNames } from "@/lib/retention/rules/policy-content";
import { PeriodValue, WordValue } from "./policy-value";

/** What a version says, and the law behind it: article, period, source, when it was checked, how sure it is. */
export function PolicyProfile({ content }: { content: PolicyContent }) {
  const t = useTranslations("retention.policies");
  const law = lawByKey(content.basis);
  const rows: [string, ReactNode][] = policyWordNames
    .filter((name) => name !== "statute")
    .map((name) => [t(`fields.${name}`), <WordValue key={name} name={name} content={content} />]);
  return (
    <>
      <KeyValue rows={rows} />
      {law ? (
        <div className="mt-4 border-line border-t pt-3">
          <KeyValue
            rows={[
              [t("law.title"), `${law.law} ${law.article} (${t(`law.kinds.${law.kind}`)})`],
              [t("law.record"), law.record],
              [t("law.period"), law.period ? <PeriodValue key="period" period={law.period} /> : t("law.none")],
              [t("law.effectiveFrom"), law.effectiveFrom],
              [t("law.source"), law.source],
              [t("law.checkedOn"), `${law.checkedOn} · ${t(`law.certainties.${law.certainty}`)}`],
            ]}
          />
          <p className="hint mt-2">{t("law.reading")}</p>
        </div>
      ) : null}
    </>
  );
}
