import { useLocale, useTranslations } from "next-intl";
import { Status } from "@/components/ui/status";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { Mono } from "@/components/ui/text";
import { Time } from "@/components/ui/time";
import type { Format } from "@/lib/dealers/schema/connection";

export interface ListedConnection {
  id: string;
  channel: { name: string; searchId: string };
  format: Format;
  closedAt: Date | null;
  lastEventAt: Date | null;
  weekEvents: number;
  weekSetAside: number;
}

export function ConnectionTable({ connections, now }: { connections: readonly ListedConnection[]; now: Date }) {
  const t = useTranslations("dealers");
  const locale = useLocale();
  const head = (
    <>
      <Th>{t("column.channel")}</Th>
      <Th>{t("column.format")}</Th>
      <Th>{t("column.state")}</Th>
      <Th phone="hide">{t("column.last")}</Th>
      <Th numeric>{t("column.week")}</Th>
      <Th numeric>{t("column.setAside")}</Th>
    </>
  );
  return (
    <Table caption={t("connections")} head={head}>
      {connections.map((connection) => (
        <Tr key={connection.id}>
          <TdName href={`/dealers/${connection.id}`} second={<Mono>@{connection.channel.searchId}</Mono>}>
            {connection.channel.name}
          </TdName>
          <Td nowrap>{t(`format.${connection.format}`)}</Td>
          <Td nowrap>
            <ConnectionStatus closedAt={connection.closedAt} lastEventAt={connection.lastEventAt} />
          </Td>
          <Td nowrap phone="hide">
            {connection.lastEventAt ? (
              <Time at={connection.lastEventAt} as="minute" now={now} />
            ) : (
              <span className="text-fg-3">{t("never")}</span>
            )}
          </Td>
          <Td numeric>{connection.weekEvents.toLocaleString(locale)}</Td>
          <Td numeric>{connection.weekSetAside.toLocaleString(locale)}</Td>
        </Tr>
      ))}
    </Table>
  );
}

/** Open, open but nothing came yet, closed. */
export function ConnectionStatus({
  closedAt,
  lastEventAt,
  pill,
}: {
  closedAt: Date | null;
  lastEventAt: Date | null;
  pill?: boolean;
}) {
  const t = useTranslations("dealers");
  const state = closedAt ? "closed" : lastEventAt ? "open" : "silent";
  return (
    <Status kind={state === "open" ? "ok" : state === "silent" ? "waiting" : "off"} pill={pill}>
      {t(`state.${state}`)}
    </Status>
  );
}
