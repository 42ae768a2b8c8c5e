import { useTranslations } from "next-intl";
import type { Category, PolicyScope } from "@/lib/retention/rules/categories";
import { type LawEntry, lawByKey } from "@/lib/retention/rules/law-table";
import type { Period } from "@/lib/retention/rules/period";
import type { PolicyContent, PolicyLaw, PolicyWordName } from "@/lib/retention/rules/policy-content";

/** 1년, 6개월, 90일 */
export function PeriodValue({ period }: { period: Period }) {
  const t = useTranslations("retention.period");
  return t(period.unit, { count: period.count });
}

/** What a policy covers: channel, category. */
export function TargetValue({ channelName, category }: { channelName: string | null; category: Category | null }) {
  const t = useTranslations("retention");
  return `${channelName ?? t("policies.allChannels")} · ${t(`categories.${category ?? "any"}`)}`;
}

export function ScopeValue({ scope }: { scope: PolicyScope }) {
  return useTranslations("retention.scopes")(scope);
}

/** The law and its article in Korean, as it is cited; the company's own rule where there is none. */
export function BasisValue({ basis }: { basis: string }) {
  const t = useTranslations("retention.policies");
  const law = lawByKey(basis);
  return law ? shortLaw(law) : t("own");
}

/** Article below the law; for the company's own rule what it says of itself. */
export function BasisSecond({ basis, note }: { basis: string; note?: string }) {
  const t = useTranslations("retention.policies");
  const law = lawByKey(basis);
  return law ? law.article : note || t("ownNote");
}

/** The name under which the law is known. */
export function shortLaw({ law }: Pick<LawEntry, "law">): string {
  return law === "전자상거래 등에서의 소비자보호에 관한 법률" ? "전자상거래법" : law;
}

/** One part of what a version says, as the pages show it. */
export function WordValue({ name, content }: { name: PolicyWordName; content: PolicyContent }) {
  const t = useTranslations("retention");
  switch (name) {
    case "period":
      return <PeriodValue period={content} />;
    case "anchor":
      return t(`anchors.${content.anchor}`);
    case "basis":
      return (
        <>
          <BasisValue basis={content.basis} /> · <BasisSecond basis={content.basis} />
        </>
      );
    case "statute":
      return <StatuteValue statute={content.statute} />;
    default:
      return <span className="whitespace-pre-line">{content[name] || "–"}</span>;
  }
}

function StatuteValue({ statute }: { statute: PolicyLaw | null }) {
  const t = useTranslations("retention");
  if (!statute) return t("policies.own");
  const unit = statute.unit === "days" || statute.unit === "months" || statute.unit === "years" ? statute.unit : null;
  const period =
    statute.count !== null && unit ? t(`period.${unit}`, { count: statute.count }) : t("policies.law.none");
  return `${statute.law} ${statute.article} · ${period} · ${t("policies.law.checkedOn")} ${statute.checkedOn}`;
}
