import { useTranslations } from "next-intl";
import { ConfirmForm } from "@/components/form/confirm-form";
import { Checkbox, RadioGroup, TextField } from "@/components/form/field";
import type { FormAction } from "@/lib/action";
import type { Day } from "@/lib/clock";
import { wordRuleKinds, wordSeverities } from "@/lib/templates/schema/word-rule";

/** Adds a rule, or the examples. */
export function WordRuleActs({
  add,
  examples,
  count,
  today,
}: {
  add: FormAction;
  examples: FormAction;
  /** How many examples there are. */
  count: number;
  today: Day;
}) {
  const t = useTranslations("templates.wording");
  const f = useTranslations("form");
  return (
    <>
      <ConfirmForm
        action={examples}
        opener={t("examples")}
        title={t("examplesTitle")}
        body={t("examplesBody", { count })}
        submit={t("examples")}
        variant="primary"
      />
      <ConfirmForm
        action={add}
        opener={t("add")}
        openerVariant="primary"
        title={t("addTitle")}
        submit={t("save")}
        variant="primary"
        fields={{
          ...{ kind: t("kindLabel"), words: t("wordsLabel"), first: t("first"), tag: t("tag"), reason: t("reason") },
          ...{ severity: t("severityLabel"), fromOn: t("fromOn"), untilOn: t("untilOn") },
        }}
      >
        <RadioGroup
          name="kind"
          label={t("kindLabel")}
          defaultValue="forbidden"
          options={wordRuleKinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
        />
        <TextField name="words" label={t("wordsLabel")} hint={t("wordsHint")} maxLength={100} />
        <Checkbox name="first" label={t("first")} />
        <TextField name="tag" label={t("tag")} hint={t("tagHint")} optional={f("optional")} maxLength={20} />
        <RadioGroup
          name="severity"
          label={t("severityLabel")}
          defaultValue="warning"
          options={wordSeverities.map((value) => ({ value, label: t(`severity.${value}`) }))}
        />
        <TextField name="reason" label={t("reason")} optional={f("optional")} maxLength={200} />
        <TextField name="fromOn" type="date" label={t("fromOn")} defaultValue={today} />
        <TextField name="untilOn" type="date" label={t("untilOn")} hint={t("untilHint")} optional={f("optional")} />
      </ConfirmForm>
    </>
  );
}
