import { useTranslations } from "next-intl";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import type { Anchor, Category, PolicyScope } from "@/lib/retention/rules/categories";
import type { PeriodUnit } from "@/lib/retention/rules/period";
import type { PolicyState } from "@/lib/retention/rules/policy-approval";
import { policyCode } from "@/lib/retention/rules/policy-content";
import { PolicyStatus } from "./policy-status";
import { BasisSecond, BasisValue, PeriodValue, ScopeValue, TargetValue } from "./policy-value";

type Said = { number: number; count: number; unit: PeriodUnit; anchor: Anchor; basis: string };
type Row = {
  id: string;
  number: number;
  name: string;
  channelName: string | null;
  category: Category | null;
  scope: PolicyScope;
  state: PolicyState;
  newest: Said;
  inForce: Said | null;
  standing: boolean;
  stored: number;
};

/** The list of policies: what is in force, or what a draft would say. */
export function PolicyTable({ policies }: { policies: readonly Row[] }) {
  const t = useTranslations("retention.policies");
  const anchors = useTranslations("retention.anchors");
  const head = (
    <>
      <Th>{t("column.name")}</Th>
      <Th phone="hide">{t("column.target")}</Th>
      <Th>{t("column.period")}</Th>
      <Th phone="hide">{t("column.anchor")}</Th>
      <Th phone="hide">{t("column.basis")}</Th>
      <Th numeric phone="hide">
        {t("column.stored")}
      </Th>
      <Th>{t("column.state")}</Th>
    </>
  );
  return (
    <Table caption={t("list")} head={head}>
      {policies.map((row) => {
        const said = row.inForce ?? row.newest;
        return (
          <Tr key={row.id}>
            <TdName href={`/retention/policies/${row.id}`} second={policyCode(row.number)}>
              {row.name}
            </TdName>
            <Td phone="hide" second={<TargetValue channelName={row.channelName} category={row.category} />}>
              <ScopeValue scope={row.scope} />
            </Td>
            <Td nowrap>
              <strong className="font-semibold">
                <PeriodValue period={said} />
              </strong>
            </Td>
            <Td phone="hide" nowrap>
              {anchors(said.anchor)}
            </Td>
            <Td phone="hide" second={<BasisSecond basis={said.basis} />}>
              <BasisValue basis={said.basis} />
            </Td>
            <Td numeric phone="hide">
              {row.stored.toLocaleString("ko-KR")}
            </Td>
            <Td second={row.standing ? t("standing") : undefined}>
              <PolicyStatus policy={{ ...row, version: row.newest.number }} />
            </Td>
          </Tr>
        );
      })}
    </Table>
  );
}
