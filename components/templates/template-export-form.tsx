import { useTranslations } from "next-intl";
import { RadioGroup } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import { Section } from "@/components/ui/section";
import type { MessageType } from "@/lib/templates/schema/content";
import { exportWays } from "@/lib/templates/schema/transfer";

/** Posted to its route, which answers with the file. */
export function TemplateExportForm({
  templates,
}: {
  templates: readonly { id: string; name: string; type: MessageType; channelName: string | null }[];
}) {
  const t = useTranslations("templates.transfer");
  const type = useTranslations("templates.type");
  const every = useTranslations("templates.list")("everyChannel");
  return (
    <Section title={t("out")}>
      <form method="post" action="/templates/transfer/export" className="max-w-180">
        <RadioGroup
          name="way"
          label={t("way")}
          defaultValue="pack"
          options={exportWays.map((value) => ({ value, label: t(`ways.${value}`), note: t(`wayNote.${value}`) }))}
        />
        <RadioGroup
          name="which"
          label={t("which")}
          defaultValue="all"
          options={[
            { value: "all", label: t("all", { count: templates.length }) },
            { value: "chosen", label: t("chosen") },
          ]}
        />
        <fieldset className="mb-4">
          <legend className="mb-2 text-sm font-semibold">{t("templates")}</legend>
          <ul className="grid gap-1">
            {templates.map(({ id, name, type: of, channelName }) => (
              <li key={id}>
                <label className="flex items-baseline gap-2 py-1">
                  <input type="checkbox" name="ids" value={id} />
                  <span className="min-w-0 break-words">
                    {name}{" "}
                    <span className="text-sm text-fg-3">
                      {type(of)} · {channelName ?? every}
                    </span>
                  </span>
                </label>
              </li>
            ))}
          </ul>
        </fieldset>
        <SubmitButton>{t("export")}</SubmitButton>
      </form>
    </Section>
  );
}
