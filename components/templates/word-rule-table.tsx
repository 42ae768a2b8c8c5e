import { useLocale, useTranslations } from "next-intl";
import { ConfirmForm } from "@/components/form/confirm-form";
import { TextField } from "@/components/form/field";
import { Status } from "@/components/ui/status";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { Tag } from "@/components/ui/text";
import type { FormAction } from "@/lib/action";
import { addDays, type Day, fullDay } from "@/lib/clock";
import type { WordRuleRow } from "@/lib/templates/schema/word-rule";

/** The company's list of words; ending a rule for those who set them. */
export function WordRuleTable({
  rules,
  today,
  end,
}: {
  rules: readonly WordRuleRow[];
  today: Day;
  /** Null: may look alone. */
  end: FormAction | null;
}) {
  const t = useTranslations("templates.wording");
  const locale = useLocale();
  const head = (
    <>
      <Th>{t("columns.words")}</Th>
      <Th>{t("columns.kind")}</Th>
      <Th phone="hide">{t("columns.tag")}</Th>
      <Th>{t("columns.severity")}</Th>
      <Th phone="hide">{t("columns.dates")}</Th>
      <Th phone="hide">{t("columns.by")}</Th>
      {end ? <Th end>{t("columns.acts")}</Th> : null}
    </>
  );
  return (
    <Table caption={t("list")} head={head}>
      {rules.map((rule) => {
        const from = fullDay(rule.fromOn, locale);
        return (
          <Tr key={rule.id}>
            <TdName second={rule.reason || undefined}>
              {rule.words} {rule.example ? <Tag>{t("example")}</Tag> : null} <Standing rule={rule} today={today} />
            </TdName>
            <Td nowrap>{t(`kind.${rule.first ? "requiredFirst" : rule.kind}`)}</Td>
            <Td phone="hide">{rule.tag === "" ? t("everyTemplate") : <Tag>{rule.tag}</Tag>}</Td>
            <Td nowrap>
              <Status kind={rule.severity === "error" ? "bad" : "warn"}>{t(`severity.${rule.severity}`)}</Status>
            </Td>
            <Td phone="hide" nowrap>
              {rule.untilOn === null
                ? t("from", { day: from })
                : t("between", { from, until: fullDay(rule.untilOn, locale) })}
            </Td>
            <Td phone="hide" nowrap>
              {rule.personName}
            </Td>
            {end ? <Td end>{hasEnded(rule, today) ? null : <End rule={rule} today={today} action={end} />}</Td> : null}
          </Tr>
        );
      })}
    </Table>
  );
}

const hasEnded = ({ untilOn }: WordRuleRow, today: Day) => untilOn !== null && untilOn < today;

function Standing({ rule, today }: { rule: WordRuleRow; today: Day }) {
  const t = useTranslations("templates.wording");
  if (hasEnded(rule, today)) return <Status kind="off">{t("ended")}</Status>;
  return rule.fromOn > today ? <Status kind="waiting">{t("waiting")}</Status> : null;
}

function End({ rule, today, action }: { rule: WordRuleRow; today: Day; action: FormAction }) {
  const t = useTranslations("templates.wording");
  return (
    <span className="inline-flex text-left">
      <ConfirmForm
        action={action}
        opener={t("end")}
        openerSize="sm"
        title={t("endTitle", { words: rule.words })}
        body={t("endBody")}
        submit={t("end")}
        hidden={{ ruleId: rule.id }}
        fields={{ untilOn: t("untilOn") }}
      >
        <TextField name="untilOn" type="date" label={t("untilOn")} defaultValue={addDays(today, -1)} />
      </ConfirmForm>
    </span>
  );
}
