import { useLocale, useTranslations } from "next-intl";
import { KeyValue } from "@/components/ui/key-value";
import { Section } from "@/components/ui/section";
import { fullDay } from "@/lib/clock";
import { dealerBySlug } from "@/lib/dealers/directory";
import { type ContractFieldName, type ContractFields, contractFieldNames } from "@/lib/dealers/rules/contract-content";
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

/** Everything that the contract says, field by field. */
export function ContractProfile({ contract }: { contract: ContractFields }) {
  const t = useTranslations("dealers.contracts");
  return (
    <Section title={t("profile.title")}>
      <div className="grid grid-cols-2 gap-x-8 max-desk:grid-cols-1">
        {[contractFieldNames.slice(0, 10), contractFieldNames.slice(10)].map((names) => (
          <KeyValue
            key={names[0]}
            rows={names.map((name) => [
              t(`fields.${name}`),
              <ContractValue key={name} name={name} value={contract[name]} />,
            ])}
          />
        ))}
      </div>
    </Section>
  );
}
