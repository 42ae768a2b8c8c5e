import { useTranslations } from "next-intl";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { Deadline, Tag } from "@/components/ui/text";
import { Time } from "@/components/ui/time";
import { lastDayOf, membershipStatus } from "@/lib/people/rules";
import type { PersonRow } from "@/lib/people/schema";
import { FactorState, PersonState } from "./person-state";

/** The people of the organization. */
export function PersonTable({
  people,
  self,
  secondFactorNeeded,
  now,
}: {
  people: readonly PersonRow[];
  /** Id of the one who looks. */
  self: string;
  secondFactorNeeded: boolean;
  now: Date;
}) {
  const t = useTranslations("people");
  const head = (
    <>
      <Th>{t("column.person")}</Th>
      <Th>{t("column.role")}</Th>
      <Th phone="hide">{t("column.state")}</Th>
      <Th phone="hide">{t("column.factor")}</Th>
      <Th phone="hide">{t("column.lastSeen")}</Th>
      <Th phone="hide">{t("column.expires")}</Th>
    </>
  );
  return (
    <Table caption={t("list")} head={head}>
      {people.map((person) => (
        <Tr key={person.personId}>
          <TdName href={`/people/${person.personId}`} second={person.email}>
            {person.name} {person.personId === self ? <Tag>{t("you")}</Tag> : null}
          </TdName>
          <Td second={membershipStatus(person, now) === "active" ? null : <EndedOnPhone person={person} now={now} />}>
            {t(`roles.${person.role}`)}
          </Td>
          <Td nowrap phone="hide">
            <PersonState person={person} now={now} />
          </Td>
          <Td nowrap phone="hide">
            <FactorState person={person} secondFactorNeeded={secondFactorNeeded} />
          </Td>
          <Td nowrap phone="hide">
            {person.lastSeenAt ? <Time at={person.lastSeenAt} now={now} /> : t("never")}
          </Td>
          <Td nowrap phone="hide">
            {person.expiresAt ? (
              <Deadline on={lastDayOf(person.expiresAt)} now={now} done={membershipStatus(person, now) !== "active"} />
            ) : (
              t("noEnd")
            )}
          </Td>
        </Tr>
      ))}
    </Table>
  );
}

/** On the phone the column of states is away; who cannot work here still has to be told apart. */
function EndedOnPhone({ person, now }: { person: PersonRow; now: Date }) {
  return (
    <span className="hidden max-desk:inline">
      <PersonState person={person} now={now} />
    </span>
  );
}
