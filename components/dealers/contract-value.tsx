import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { KeyValue } from "@/components/ui/key-value";
import { Link } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { fullDay, fullTime } from "@/lib/clock";
import { dealerBySlug } from "@/lib/dealers/directory";
import type { ContractFieldName, ContractFields } from "@/lib/dealers/rules/contract-content";
import type { ContractView } from "@/lib/dealers/rules/contract-view";
import { noticeUnits, renewals } from "@/lib/dealers/schema/contract";

/** What a field of a contract says, as people read it. */
export function ContractValue({ name, value }: { name: ContractFieldName; value: ContractFields[ContractFieldName] }) {
  const t = useTranslations("dealers.contracts");
  const locale = useLocale();
  if (value === null || value === "") return <span className="text-fg-3">{t("profile.none")}</span>;
  if (typeof value === "boolean") return t(value ? "yes" : "no");
  if (typeof value === "number") return value;
  const renewal = renewals.find((one) => one === value);
  const unit = noticeUnits.find((one) => one === value);
  if (name === "dealer") return dealerBySlug(value)?.name ?? value;
  if (name === "renewal" && renewal) return t(`renewals.${renewal}`);
  if ((name === "noticeUnit" || name === "dealerNoticeUnit") && unit) return t(`units.${unit}`);
  return name === "signedOn" || name === "startsOn" || name === "endsOn" ? fullDay(value, locale) : value;
}

type Row = readonly [name: string, value: ReactNode];

/** Everything that the contract says, with who approved it. */
export function ContractProfile({
  contract,
}: {
  contract: ContractFields & Pick<ContractView, "id" | "version" | "approved" | "approval">;
}) {
  const t = useTranslations("dealers.contracts");
  const locale = useLocale();
  const none = <span className="text-fg-3">{t("profile.none")}</span>;
  const plain = (name: ContractFieldName): Row => [
    t(`fields.${name}`),
    <ContractValue key={name} name={name} value={contract[name]} />,
  ];
  const notice = (name: "noticeCount" | "dealerNoticeCount"): Row => {
    const unit = contract[name === "noticeCount" ? "noticeUnit" : "dealerNoticeUnit"];
    const known = noticeUnits.find((one) => one === unit);
    const count = contract[name];
    return [t(`fields.${name}`), known && count !== null ? t(`noticeValue.${known}`, { count }) : none];
  };
  const { service, consignment, approval, approved, version } = contract;
  const left: Row[] = [
    ...(["number", "title", "dealer"] as const).map(plain),
    [t("kind"), t(`kinds.${service ? (consignment ? "both" : "service") : "consignment"}`)],
    ...(["consignor", "consignee", "subConsignee", "retention", "signedOn"] as const).map(plain),
  ];
  const right: Row[] = [
    ...(["startsOn", "endsOn", "termAt", "renewal", "renewalMonths"] as const).map(plain),
    notice("noticeCount"),
    notice("dealerNoticeCount"),
    ...(["noticeAt", "marginDays"] as const).map(plain),
  ];
  const said = [
    t("approval.version", { number: version }),
    approval === "approved" && approved
      ? t("approval.approvedBy", { who: approved.by, at: fullTime(approved.at, locale) })
      : t(`states.${approval === "approved" ? "draft" : approval}`),
  ];
  return (
    <Section
      title={t("profile.title")}
      note={said.join(" · ")}
      actions={<Link href={`/dealers/contracts/${contract.id}/approval`}>{t("notice.link")}</Link>}
    >
      <div className="grid grid-cols-2 gap-x-8 gap-y-2 max-desk:grid-cols-1">
        <KeyValue rows={left} />
        <KeyValue rows={right} />
      </div>
    </Section>
  );
}
