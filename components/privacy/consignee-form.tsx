import { getTranslations } from "next-intl/server";
import { ActionForm } from "@/components/form/action-form";
import { TextField } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import { TextArea } from "@/components/form/text-area";
import type { FormAction } from "@/lib/action";
import type { Day } from "@/lib/clock";
import type { ConsigneeEntry } from "@/lib/privacy/rules/consignee-list";

/** Publishes what contracts say today: the companies come from there, what they do and for how long is said here. */
export async function ConsigneeForm({
  action,
  number,
  generated,
  from,
}: {
  action: FormAction;
  /** Of the newest list; 0: none. */
  number: number;
  generated: { entries: readonly ConsigneeEntry[]; hash: string };
  /** First day on which the next list may begin to count. */
  from: Day;
}) {
  const [t, f] = await Promise.all([getTranslations("privacy.consignees"), getTranslations("form")]);
  const labels: Record<string, string> = { effectiveOn: t("effectiveOn"), reason: t("reason") };
  for (const [place, { consignee, subs }] of generated.entries.entries()) {
    labels[`work.${place}`] = t("workOf", { company: consignee });
    labels[`period.${place}`] = t("periodOf", { company: consignee });
    for (const [inner, { name }] of subs.entries()) labels[`sub.${place}.${inner}`] = t("subWorkOf", { company: name });
  }
  return (
    <ActionForm action={action} summary={t("check")} working={f("working")} fields={labels} className="max-w-180">
      <input type="hidden" name="number" value={number} />
      <input type="hidden" name="hash" value={generated.hash} />
      {generated.entries.map(({ consignee, work, period, subs }, place) => (
        <fieldset key={consignee} className="panel mb-4">
          <legend className="sr-only">{consignee}</legend>
          <div className="in grid gap-3">
            <p className="font-semibold">{consignee}</p>
            <TextField
              name={`work.${place}`}
              label={t("columns.work")}
              hint={t("workHint")}
              defaultValue={work}
              maxLength={200}
            />
            <TextField
              name={`period.${place}`}
              label={t("columns.period")}
              hint={t("periodHint")}
              defaultValue={period}
              maxLength={200}
            />
            {subs.map((sub, inner) => (
              <TextField
                key={sub.name}
                name={`sub.${place}.${inner}`}
                label={t("subWorkOf", { company: sub.name })}
                defaultValue={sub.work}
                maxLength={200}
              />
            ))}
          </div>
        </fieldset>
      ))}
      <TextField
        name="effectiveOn"
        type="date"
        label={labels.effectiveOn ?? ""}
        hint={t("effectiveHint")}
        defaultValue={from}
        min={from}
      />
      <TextArea name="reason" label={labels.reason ?? ""} hint={t("reasonHint")} limit={300} />
      <div className="form-foot">
        <SubmitButton>{t("publish")}</SubmitButton>
      </div>
    </ActionForm>
  );
}
