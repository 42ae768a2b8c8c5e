import { useLocale, useTranslations } from "next-intl";
import { Glyph } from "@/components/ui/status";
import { GroupRow, Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { type Permission, permissions } from "@/lib/auth/permissions";
import { hasSentence, sentence } from "@/lib/messages";
import { rightGroups, rightKey } from "@/lib/people/rights";
import { roles } from "@/lib/people/schema";

/** Who may do what: the permissions table itself, in words. */
export function RoleTable() {
  const t = useTranslations("people");
  const head = (
    <>
      <Th>{t("rolesPage.right")}</Th>
      {roles.map((role) => (
        <Th key={role}>{t(`roles.${role}`)}</Th>
      ))}
    </>
  );
  return (
    <Table caption={t("rolesPage.title")} head={head}>
      {rightGroups().map(({ group, rights }) => [
        <GroupRow key={group} columns={roles.length + 1} title={t(`rightGroups.${group}`)} count={rights.length} />,
        ...rights.map((right) => <RightTr key={right} right={right} />),
      ])}
    </Table>
  );
}

function RightTr({ right }: { right: Permission }) {
  const t = useTranslations("people");
  const [locale, key] = [useLocale(), `people.rights.${rightKey(right)}`];
  return (
    <Tr>
      <TdName>{hasSentence(key, locale) ? sentence(key, locale) : right}</TdName>
      {roles.map((role) => {
        const granted = (permissions[right] as readonly string[]).includes(role);
        return (
          <Td key={role}>
            <span className="relative inline-block">
              <Glyph kind={granted ? "ok" : "off"} />
              <span className="sr-only">{t(granted ? "rolesPage.yes" : "rolesPage.no")}</span>
            </span>
          </Td>
        );
      })}
    </Tr>
  );
}
