import { useLocale, useTranslations } from "next-intl";
import { Callout } from "@/components/ui/callout";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { Missing, Mono } from "@/components/ui/text";
import { type FindingKind, findingKinds, type PlaceFinding } from "@/lib/placements/schema/code-book";

/** What is wrong with the code book, by kind: what it means, which places, and where it is mended. */
export function PlaceFindings({
  items,
  counts,
  kind,
}: {
  items: readonly PlaceFinding[];
  counts: Readonly<Record<FindingKind, number>>;
  kind: FindingKind | "";
}) {
  const t = useTranslations("placements.findings");
  const shown = findingKinds.filter((one) => counts[one] > 0 && (kind === "" || kind === one));
  if (findingKinds.every((one) => counts[one] === 0)) return <EmptyState title={t("none")}>{t("noneNote")}</EmptyState>;
  return (
    <>
      <nav className="mb-5 flex flex-wrap gap-2" aria-label={t("kinds")}>
        <Chip href="/placements/findings" current={kind === ""} label={t("all")} />
        {findingKinds.map((one) => (
          <Chip
            key={one}
            href={`/placements/findings?kind=${one}`}
            current={kind === one}
            label={`${t(`kind.${one}`)} ${counts[one]}`}
          />
        ))}
      </nav>
      {shown.length === 0 ? <Callout kind="ok">{t("noneOfKind")}</Callout> : null}
      {shown.map((one) => (
        <Kind key={one} kind={one} count={counts[one]} items={items.filter((item) => item.kind === one)} />
      ))}
    </>
  );
}

function Chip({ href, current, label }: { href: string; current: boolean; label: string }) {
  return (
    <Link className="chip" href={href} aria-current={current ? "true" : undefined}>
      {label}
    </Link>
  );
}

function Kind({ kind, count, items }: { kind: FindingKind; count: number; items: readonly PlaceFinding[] }) {
  const t = useTranslations("placements");
  const locale = useLocale();
  return (
    <Section title={t(`findings.kind.${kind}`)} count={count}>
      <p className="mb-3 max-w-180 text-sm text-fg-2">{t(`findings.means.${kind}`)}</p>
      <Table
        caption={t(`findings.kind.${kind}`)}
        head={
          <>
            <Th>{t("column.place")}</Th>
            <Th>{t(`findings.column.${kind}`)}</Th>
            <Th phone="hide">{t("column.channel")}</Th>
            <Th phone="hide">{t("column.owner")}</Th>
          </>
        }
      >
        {items.map((item) => (
          <Tr key={item.id}>
            <TdName href={`/placements/${item.id}`} second={<Mono>{item.code}</Mono>}>
              {item.name}
            </TdName>
            <Td>{item.about || <Missing what="field" />}</Td>
            <Td phone="hide">{item.channelName}</Td>
            <Td nowrap phone="hide">
              {item.ownerName ?? <Missing what="field" />}
            </Td>
          </Tr>
        ))}
      </Table>
      {count > items.length ? (
        <p className="hint pt-2">{t("import.more", { count: (count - items.length).toLocaleString(locale) })}</p>
      ) : null}
    </Section>
  );
}
