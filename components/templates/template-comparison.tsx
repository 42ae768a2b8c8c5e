import { useTranslations } from "next-intl";
import { Section } from "@/components/ui/section";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { compareContents } from "@/lib/templates/rules/compare";
import type { TemplateContent } from "@/lib/templates/schema/content";
import { fieldName } from "./field-name";

/** Every value in which two versions differ, before and after. */
export function TemplateComparison({ before, after }: { before: TemplateContent; after: TemplateContent }) {
  const t = useTranslations("templates.template.compare");
  const at = useTranslations("templates.template.at");
  const differences = compareContents(before, after);
  const head = (
    <>
      <Th>{t("field")}</Th>
      <Th>{t("before")}</Th>
      <Th>{t("after")}</Th>
    </>
  );
  const value = (text: string) =>
    text === "" ? <span className="text-fg-3">{t("empty")}</span> : <span className="whitespace-pre-line">{text}</span>;
  return (
    <Section title={t("differences")} count={differences.length}>
      {differences.length === 0 ? (
        <p className="text-fg-3">{t("same")}</p>
      ) : (
        <Table caption={t("differences")} head={head} boxed>
          {differences.map((one) => (
            <Tr key={one.path}>
              <TdName>{fieldName(one.path, at)}</TdName>
              <Td>{value(one.before)}</Td>
              <Td>{value(one.after)}</Td>
            </Tr>
          ))}
        </Table>
      )}
    </Section>
  );
}
