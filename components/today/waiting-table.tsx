import { getLocale, getTranslations } from "next-intl/server";
import { LinkButton } from "@/components/ui/button";
import { GroupRow, Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { Deadline } from "@/components/ui/text";
import { fullDay } from "@/lib/clock";
import type { Locale } from "@/lib/locale";
import { byGroup, type Waiting } from "@/lib/today/rules";

/** What waits, by group: when, what, about what, whose, and the one thing to do. */
export async function WaitingTable({ things, now }: { things: readonly Waiting[]; now: Date }) {
  const t = await getTranslations("today");
  const channels = await getTranslations("channels");
  const locale = (await getLocale()) as Locale;
  // A value that is a day is written as one.
  const written = (value: string | number) =>
    typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value) ? fullDay(value, locale) : value;
  const valuesOf = ({ item, values }: Waiting) => ({
    ...Object.fromEntries(Object.entries(values).map(([name, value]) => [name, written(value)])),
    ...(item ? { item: channels(`onboarding.items.${item}`) } : {}),
  });
  const head = (
    <>
      <Th>{t("due")}</Th>
      <Th>{t("task")}</Th>
      <Th phone="hide">{t("subject")}</Th>
      <Th phone="hide">{t("owner")}</Th>
      <Th phone="hide" end />
    </>
  );
  return (
    <Table caption={t("list")} head={head}>
      {byGroup(things).flatMap(({ group, things: held }) => [
        <GroupRow
          key={`group:${group}`}
          columns={5}
          title={t(`groups.${group}`)}
          count={held.length}
          note={t(`notes.${group}`)}
        />,
        ...held.map((thing) => (
          <Tr key={thing.id}>
            <Td nowrap>
              {thing.dueOn ? <Deadline on={thing.dueOn} now={now} /> : <span className="text-fg-3">{t("noDate")}</span>}
            </Td>
            <TdName href={thing.href} second={t(`${thing.kind}.detail`, valuesOf(thing))}>
              {t(`${thing.kind}.title`, valuesOf(thing))}
            </TdName>
            <Td phone="hide">{thing.subject}</Td>
            <Td phone="hide" nowrap>
              {thing.roles[0] ? t(`roles.${thing.roles[0]}`) : null}
            </Td>
            <Td phone="hide" end>
              <LinkButton size="sm" href={thing.href}>
                {t(`${thing.kind}.act`)}
              </LinkButton>
            </Td>
          </Tr>
        )),
      ])}
    </Table>
  );
}
