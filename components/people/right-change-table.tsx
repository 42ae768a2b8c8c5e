import { useTranslations } from "next-intl";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { RightChangeRow } from "@/lib/people/schema";

/** Rights granted, changed and revoked. `named` shows whose, where it is not one person's page. */
export function RightChangeTable({
  changes,
  named,
  linked = false,
  now,
}: {
  changes: readonly RightChangeRow[];
  named: boolean;
  /** Whether the viewer may open a person's page. */
  linked?: boolean;
  now: Date;
}) {
  const t = useTranslations("people.history");
  const words = useRightChangeWords();
  const head = (
    <>
      <Th>{t("at")}</Th>
      {named ? <Th>{t("person")}</Th> : null}
      <Th>{t("what")}</Th>
      <Th phone="hide">{t("by")}</Th>
    </>
  );
  return (
    <Table caption={t("list")} head={head}>
      {changes.map((change) => (
        <Tr key={change.id}>
          <Td nowrap>
            <Time at={change.at} now={now} />
          </Td>
          {named ? (
            <TdName href={linked ? `/people/${change.personId}` : undefined}>{change.name ?? "–"}</TdName>
          ) : null}
          <Td second={words.note(change)}>{words.what(change)}</Td>
          <Td phone="hide">{change.changedByName ?? t("operator", { name: change.changedBy })}</Td>
        </Tr>
      ))}
    </Table>
  );
}

function useRightChangeWords() {
  const t = useTranslations("people");
  const role = (name: RightChangeRow["toRole"]) => (name ? t(`roles.${name}`) : "–");
  return {
    what: ({ kind, fromRole, toRole }: RightChangeRow) =>
      t(`history.kinds.${kind}`, { from: role(fromRole), to: role(toRole) }),
    note: ({ kind, note }: RightChangeRow) => {
      if (kind !== "expiry_changed") return note || null;
      return note ? t("history.expiry", { day: note }) : t("history.noExpiry");
    },
  };
}
