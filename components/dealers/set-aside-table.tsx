import { useLocale, useTranslations } from "next-intl";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { Hash, Missing, Mono } from "@/components/ui/text";
import { Time } from "@/components/ui/time";
import type { SetAsideReason, Shape } from "@/lib/dealers/schema/connection";

export interface ListedSetAside {
  id: string;
  reason: SetAsideReason;
  event: string;
  shape: Shape;
  sha256: string;
  bytes: number;
  lastAt: Date;
  times: number;
}

/** What could not be taken: why, and its shape. Content is nowhere to be shown from. */
export function SetAsideTable({ items, now }: { items: readonly ListedSetAside[]; now: Date }) {
  const t = useTranslations("dealers");
  const locale = useLocale();
  const head = (
    <>
      <Th>{t("column.reason")}</Th>
      <Th>{t("column.at")}</Th>
      <Th numeric>{t("column.times")}</Th>
      <Th>{t("column.shape")}</Th>
      <Th phone="hide">SHA-256</Th>
    </>
  );
  return (
    <Table caption={t("setAsides.list")} head={head}>
      {items.map((item) => (
        <Tr key={item.id}>
          <TdName second={<Mono>{item.event}</Mono>}>{t(`reason.${item.reason}`)}</TdName>
          <Td nowrap>
            <Time at={item.lastAt} as="second" now={now} />
          </Td>
          <Td numeric>{item.times.toLocaleString(locale)}</Td>
          <Td>
            {item.reason === "identity_result" ? (
              t("setAsides.notKept")
            ) : (
              <details>
                <summary>{t("setAsides.show")}</summary>
                <pre className="mono max-w-120 whitespace-pre-wrap text-xs">{JSON.stringify(item.shape, null, 1)}</pre>
              </details>
            )}
          </Td>
          <Td
            phone="hide"
            second={item.bytes > 0 ? t("setAsides.bytes", { bytes: item.bytes.toLocaleString(locale) }) : null}
          >
            {item.sha256 ? <Hash value={item.sha256} /> : <Missing what="field" />}
          </Td>
        </Tr>
      ))}
    </Table>
  );
}
