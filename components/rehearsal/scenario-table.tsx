import { useTranslations } from "next-intl";
import { TemplateStatus } from "@/components/templates/template-status";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { Missing } from "@/components/ui/text";
import { Time } from "@/components/ui/time";
import type { ListedScenario } from "@/lib/rehearsal/schema/view";

export function ScenarioTable({ scenarios, now }: { scenarios: readonly ListedScenario[]; now: Date }) {
  const t = useTranslations("rehearsal.scenarios");
  return (
    <Table
      caption={t("title")}
      head={
        <>
          <Th>{t("column.name")}</Th>
          <Th>{t("column.state")}</Th>
          <Th phone="hide">{t("column.inUse")}</Th>
          <Th numeric>{t("column.changed")}</Th>
        </>
      }
    >
      {scenarios.map((one) => (
        <Tr key={one.id}>
          <TdName href={`/rehearsal/scenarios/${one.id}`} second={one.channelName}>
            {one.name}
          </TdName>
          <Td nowrap>
            <TemplateStatus state={one.state} />
          </Td>
          <Td nowrap phone="hide">
            {one.inUse === null ? <Missing /> : t("version", { number: one.inUse })}
          </Td>
          <Td numeric nowrap>
            <Time at={one.changedAt} now={now} />
          </Td>
        </Tr>
      ))}
    </Table>
  );
}
