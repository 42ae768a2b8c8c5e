import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { Checkbox, SelectField, TextField } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import { Link } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import type { FormAction } from "@/lib/action";
import { type QrVersion, qrLevels } from "@/lib/placements/schema/qr";

/** How the code looks; kept as the next version. */
export function QrForm({
  action,
  placementId,
  version,
  hasLogo,
}: {
  action: FormAction;
  placementId: string;
  version: QrVersion;
  hasLogo: boolean;
}) {
  const t = useTranslations("placements.qrs");
  const f = useTranslations("form");
  const names = ["level", "quiet", "dark", "light", "sideMm", "distanceCm", "captionKo", "captionEn", "logo"] as const;
  return (
    <Section title={t("form")}>
      <ActionForm
        key={version.number}
        action={action}
        summary={t("check")}
        working={f("working")}
        fields={Object.fromEntries(names.map((name) => [name, t(`field.${name}`)]))}
        className="mb-7 max-w-140"
      >
        <input type="hidden" name="placementId" value={placementId} />
        <input type="hidden" name="number" value={version.number} />
        <div className="grid grid-cols-2 gap-3 max-desk:grid-cols-1">
          <TextField
            name="sideMm"
            type="number"
            min={10}
            max={1_000}
            label={t("field.sideMm")}
            hint={t("hint.sideMm")}
            defaultValue={version.sideMm}
          />
          <TextField
            name="distanceCm"
            type="number"
            min={5}
            max={2_000}
            label={t("field.distanceCm")}
            hint={t("hint.distanceCm")}
            defaultValue={version.distanceCm}
          />
          <SelectField
            name="level"
            label={t("field.level")}
            hint={t("hint.level")}
            options={qrLevels.map((level) => ({ value: level, label: t(`level.${level}`) }))}
            defaultValue={version.level}
          />
          <TextField
            name="quiet"
            type="number"
            min={4}
            max={10}
            label={t("field.quiet")}
            hint={t("hint.quiet")}
            defaultValue={version.quiet}
          />
          <TextField
            name="dark"
            label={t("field.dark")}
            hint={t("hint.color")}
            maxLength={7}
            defaultValue={version.dark}
          />
          <TextField
            name="light"
            label={t("field.light")}
            hint={t("hint.color")}
            maxLength={7}
            defaultValue={version.light}
          />
          <TextField
            name="captionKo"
            label={t("field.captionKo")}
            optional={f("optional")}
            hint={t("hint.caption")}
            maxLength={30}
            defaultValue={version.captionKo}
          />
          <TextField
            name="captionEn"
            label={t("field.captionEn")}
            optional={f("optional")}
            maxLength={40}
            defaultValue={version.captionEn}
          />
        </div>
        <Checkbox
          name="logo"
          label={t("field.logo")}
          hint={
            hasLogo
              ? t("hint.logo")
              : t.rich("hint.noLogo", { link: (words) => <Link href="/placements/symbol">{words}</Link> })
          }
          defaultChecked={version.logo}
        />
        <div className="form-foot">
          <SubmitButton>{t("save")}</SubmitButton>
        </div>
      </ActionForm>
    </Section>
  );
}
