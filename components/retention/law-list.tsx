import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { Missing } from "@/components/ui/text";
import { lawTable } from "@/lib/retention/rules/law-table";
import { policyCode } from "@/lib/retention/rules/policy-content";
import { PeriodValue, shortLaw } from "./policy-value";

/** The dated table of laws, with the policies that rest on each. */
export function LawList({ used }: { used: readonly { id: string; number: number; basis: string }[] }) {
  const t = useTranslations("retention");
  return (
    <Table
      caption={t("laws.table")}
      head={
        <>
          <Th>{t("laws.law")}</Th>
          <Th>{t("laws.record")}</Th>
          <Th>{t("laws.period")}</Th>
          <Th phone="hide">{t("laws.kind")}</Th>
          <Th phone="hide">{t("laws.categories")}</Th>
          <Th>{t("laws.used")}</Th>
          <Th phone="hide">{t("laws.source")}</Th>
        </>
      }
    >
      {lawTable.map((law) => {
        const policies = used.filter((one) => one.basis === law.key);
        return (
          <Tr key={law.key}>
            <TdName second={law.article}>{shortLaw(law)}</TdName>
            <Td>{law.record}</Td>
            <Td nowrap>{law.period ? <PeriodValue period={law.period} /> : <Missing what="field" />}</Td>
            <Td phone="hide" nowrap>
              {t(`policies.law.kinds.${law.kind}`)}
            </Td>
            <Td phone="hide">
              {law.categories.length === 0
                ? t("categories.any")
                : law.categories.map((one) => t(`categories.${one}`)).join(", ")}
            </Td>
            <Td>
              {policies.length === 0
                ? t("laws.none")
                : policies.map((one, at) => (
                    <span key={one.id} className="whitespace-nowrap">
                      {at > 0 ? ", " : ""}
                      <Link href={`/retention/policies/${one.id}`}>{policyCode(one.number)}</Link>
                    </span>
                  ))}
            </Td>
            <Td
              phone="hide"
              second={`${law.checkedOn} ${t("laws.checked")} · ${t(`policies.law.certainties.${law.certainty}`)}`}
            >
              {law.source}
            </Td>
          </Tr>
        );
      })}
    </Table>
  );
}
