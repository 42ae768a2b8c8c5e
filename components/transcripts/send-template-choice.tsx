import { useTranslations } from "next-intl";
import { SelectField } from "@/components/form/field";
import { Button } from "@/components/ui/button";

/** Which template: a question to the server, with and without script. */
export function SendTemplateChoice({
  templates,
  chosen,
  keep = {},
}: {
  templates: readonly { id: string; name: string }[];
  chosen: string;
  /** What else the address says. */
  keep?: Readonly<Record<string, string>>;
}) {
  const t = useTranslations("transcripts.sending");
  return (
    <form method="get" className="mb-6 flex flex-wrap items-end gap-2">
      {Object.entries(keep).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <div className="min-w-60 grow-0 basis-90">
        <SelectField
          name="template"
          label={t("template")}
          empty={t("choose")}
          options={templates.map(({ id, name }) => ({ value: id, label: name }))}
          defaultValue={chosen}
        />
      </div>
      <Button type="submit" className="mb-3.5">
        {t("pick")}
      </Button>
    </form>
  );
}
