import { useLocale, useTranslations } from "next-intl";
import { Section } from "@/components/ui/section";
import { Status } from "@/components/ui/status";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { Missing } from "@/components/ui/text";
import { Time } from "@/components/ui/time";
import { type Day, fullDay } from "@/lib/clock";
import { dealerBySlug } from "@/lib/dealers/directory";

type Past = {
  id: string;
  fromDealer: string;
  toDealer: string;
  lastOn: Day;
  reason: string;
  outcome: "completed" | "withdrawn" | null;
  closedBy: string | null;
  closedAt: Date | null;
};

/** Switches that are over, newest first. */
export function SwitchHistory({ switches, now }: { switches: readonly Past[]; now: Date }) {
  const t = useTranslations("channels");
  const locale = useLocale();
  if (switches.length === 0) return null;
  const head = (
    <>
      <Th>{t("switch.title")}</Th>
      <Th>{t("switch.fields.state")}</Th>
      <Th>{t("switch.fields.lastOn")}</Th>
      <Th>{t("switch.fields.closed")}</Th>
    </>
  );
  return (
    <Section title={t("switch.past")}>
      <Table caption={t("switch.past")} head={head}>
        {switches.map((one) => (
          <Tr key={one.id}>
            <TdName second={one.reason}>
              {t("switch.fromTo", {
                from: dealerBySlug(one.fromDealer)?.name ?? one.fromDealer,
                to: dealerBySlug(one.toDealer)?.name ?? one.toDealer,
              })}
            </TdName>
            <Td nowrap>
              <Status kind={one.outcome === "completed" ? "ok" : "off"}>
                {t(`switch.outcomes.${one.outcome ?? "withdrawn"}`)}
              </Status>
            </Td>
            <Td nowrap>{fullDay(one.lastOn, locale)}</Td>
            <Td nowrap second={one.closedBy}>
              {one.closedAt ? <Time at={one.closedAt} as="date" now={now} /> : <Missing />}
            </Td>
          </Tr>
        ))}
      </Table>
    </Section>
  );
}
