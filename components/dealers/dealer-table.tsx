import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { Missing } from "@/components/ui/text";
import type { Dealer } from "@/lib/dealers/directory";

/** The official dealers, and the channels that were given to them. No mail addresses: the guide has none. */
export function DealerTable({
  dealers,
  channels,
}: {
  dealers: readonly Dealer[];
  channels: readonly { id: string; name: string; dealer: string }[];
}) {
  const t = useTranslations("dealers");
  const head = (
    <>
      <Th>{t("column.dealer")}</Th>
      <Th>{t("column.phone")}</Th>
      <Th>{t("column.channels")}</Th>
    </>
  );
  return (
    <Table caption={t("directory.title")} head={head}>
      {dealers.map((dealer) => {
        const own = channels.filter((channel) => channel.dealer === dealer.slug);
        return (
          <Tr key={dealer.slug}>
            <TdName>{dealer.name}</TdName>
            <Td nowrap>
              <a href={`tel:${dealer.phone}`}>{dealer.phone}</a>
            </Td>
            <Td>
              {own.length === 0 ? <Missing /> : null}
              {own.map((channel, at) => (
                <span key={channel.id}>
                  {at > 0 ? ", " : ""}
                  <Link href={`/channels/${channel.id}`}>{channel.name}</Link>
                </span>
              ))}
            </Td>
          </Tr>
        );
      })}
    </Table>
  );
}
