import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ActionForm } from "@/components/form/action-form";
import { SelectField } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import type { FormAction } from "@/lib/action";
import { categories } from "@/lib/retention/rules/categories";

/** The list inside a form: what is ticked is classified in one act. */
export function BulkClassify({ action, children }: { action: FormAction; children: ReactNode }) {
  const t = useTranslations("transcripts.lists");
  const f = useTranslations("form");
  return (
    <ActionForm
      action={action}
      summary={t("bulk.summary")}
      working={f("working")}
      fields={{ category: t("bulk.label"), ids: t("columns.pick") }}
    >
      {children}
      <div className="mt-3 flex flex-wrap items-start gap-x-3">
        <div className="w-64 max-desk:w-full">
          <SelectField
            name="category"
            label={t("bulk.label")}
            hint={t("bulk.note")}
            empty=""
            options={categories.map((category) => ({ value: category, label: t(`categories.${category}`) }))}
          />
        </div>
        <div className="pt-[23px] max-desk:pt-0">
          <SubmitButton variant="default">{t("bulk.act")}</SubmitButton>
        </div>
      </div>
    </ActionForm>
  );
}
