import { useLocale, useTranslations } from "next-intl";
import { Section } from "@/components/ui/section";
import { Status } from "@/components/ui/status";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { shortDay } from "@/lib/clock";
import type { ExitChannel } from "@/lib/dealers/rules/exit";

/** The channels that the contract covers on its last day, and what becomes of each. */
export function ExitChannelTable({
  contract,
  channels,
  before,
  now,
}: {
  contract: { service: boolean };
  channels: readonly ExitChannel[];
  /** No end stands: as if it ended today. */
  before: boolean;
  now: Date;
}) {
  const t = useTranslations("dealers.exit");
  const locale = useLocale();
  const effect = ({ staysBy, lastOn }: ExitChannel) => {
    if (!contract.service) return <Status kind="off">{t("unchanged")}</Status>;
    if (staysBy) {
      const day = staysBy.until ? shortDay(staysBy.until, locale, now) : "";
      const words = t(staysBy.until ? "staysUntil" : "stays", { number: staysBy.number, day });
      return <Status kind="ok">{words}</Status>;
    }
    return (
      <>
        <Status kind="warn">{t("ends")}</Status>
        {!before && lastOn ? <span className="t2">{t("lastOn", { day: shortDay(lastOn, locale, now) })}</span> : null}
      </>
    );
  };
  return (
    <Section title={t("table")} count={channels.length}>
      {channels.length === 0 ? (
        <p className="text-sm text-fg-2">{t("before.none")}</p>
      ) : (
        <Table
          caption={t("table")}
          head={
            <>
              <Th>{t("column.channel")}</Th>
              <Th>{t("column.effect")}</Th>
              <Th numeric>{t("column.placements")}</Th>
              <Th numeric phone="hide">
                {t("column.connections")}
              </Th>
            </>
          }
        >
          {channels.map((channel) => (
            <Tr key={channel.id}>
              <TdName href={`/channels/${channel.id}`} second={`@${channel.searchId}`}>
                {channel.name}
              </TdName>
              <Td>{effect(channel)}</Td>
              <Td numeric>{channel.placements}</Td>
              <Td numeric phone="hide">
                {channel.connections}
              </Td>
            </Tr>
          ))}
        </Table>
      )}
    </Section>
  );
}
