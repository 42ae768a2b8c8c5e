import { getTranslations } from "next-intl/server";
import { ActionForm } from "@/components/form/action-form";
import { SelectField, TextField } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import type { FormAction } from "@/lib/action";
import type { PlanView } from "@/lib/audit/access/rules";
import { keepConditions } from "@/lib/audit/access/schema";

const hours = Array.from({ length: 24 }, (_, hour) => ({
  value: String(hour),
  label: `${String(hour).padStart(2, "0")}:00`,
}));

/** How access records are kept and reviewed, as the internal plan says. */
export async function AccessPlanForm({ action, plan }: { action: FormAction; plan: PlanView | null }) {
  const [t, e, f] = await Promise.all([
    getTranslations("audit.access.plan"),
    getTranslations("errors"),
    getTranslations("form"),
  ]);
  return (
    <ActionForm
      action={action}
      summary={e("summary", { count: 1 })}
      working={f("working")}
      fields={{
        ...{ clause: t("clause"), intervalMonths: t("interval"), keepYears: t("keepYears") },
        ...{ bulk: t("bulk"), sameSubject: t("sameSubject") },
      }}
    >
      <TextField name="clause" label={t("clause")} hint={t("clauseHint")} defaultValue={plan?.clause} maxLength={200} />
      <TextField
        name="intervalMonths"
        label={t("interval")}
        hint={t("intervalHint")}
        type="number"
        min={1}
        max={12}
        defaultValue={plan?.intervalMonths ?? 1}
      />
      <fieldset className="grid gap-2">
        <legend className="mb-1 text-sm font-semibold">{t("conditions")}</legend>
        <p className="hint">{t("conditionsHint")}</p>
        {keepConditions.map((key) => (
          <label key={key} className="choice">
            <input
              type="checkbox"
              name="conditions"
              value={key}
              defaultChecked={plan?.conditions.includes(key) ?? false}
            />
            <span>{t(`condition.${key}`)}</span>
          </label>
        ))}
      </fieldset>
      <SelectField
        name="keepYears"
        label={t("keepYears")}
        hint={t("keepHint")}
        defaultValue={String(plan?.keepYears ?? 2)}
        options={[1, 2, 3, 5].map((count) => ({ value: String(count), label: t("years", { count }) }))}
      />
      <SelectField
        name="nightFrom"
        label={t("nightFrom")}
        hint={t("nightHint")}
        defaultValue={String(plan?.nightFrom ?? 22)}
        options={hours}
      />
      <SelectField name="nightTo" label={t("nightTo")} defaultValue={String(plan?.nightTo ?? 7)} options={hours} />
      <TextField
        name="bulk"
        label={t("bulk")}
        hint={t("bulkHint")}
        type="number"
        min={2}
        defaultValue={plan?.bulk ?? 30}
      />
      <TextField
        name="sameSubject"
        label={t("sameSubject")}
        hint={t("sameSubjectHint")}
        type="number"
        min={2}
        defaultValue={plan?.sameSubject ?? 5}
      />
      <div className="form-foot">
        <SubmitButton>{t("save")}</SubmitButton>
      </div>
    </ActionForm>
  );
}
