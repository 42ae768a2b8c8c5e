import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { SelectField, TextField } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import { Callout } from "@/components/ui/callout";
import type { FormAction } from "@/lib/action";
import type { Day } from "@/lib/clock";
import type { PlacementChoices } from "@/lib/placements/schema";

/** Opens a campaign: for the places ticked in the list, or for those that a channel, campaign or tag share. */
export function TakeDownForm({
  action,
  choices,
  chosen,
  given,
  today,
}: {
  action: FormAction;
  choices: PlacementChoices;
  chosen: readonly string[];
  given: { channel: string; campaign: string; tag: string };
  today: Day;
}) {
  const t = useTranslations("placements.takeDown.new");
  const f = useTranslations("form");
  const words = (list: readonly string[]) => list.map((value) => ({ value, label: value }));
  return (
    <ActionForm
      action={action}
      summary={t("check")}
      working={f("working")}
      fields={{ channel: t("channel"), effectiveOn: t("effectiveOn"), note: t("note") }}
      className="max-w-140"
    >
      {chosen.length > 0 ? (
        <>
          <Callout kind="note" title={t("chosen", { count: chosen.length })} />
          {chosen.map((id) => (
            <input key={id} type="hidden" name="placementId" value={id} />
          ))}
        </>
      ) : (
        <fieldset className="field">
          <legend className="label mb-1">{t("filter")}</legend>
          <p className="hint mb-2">{t("filterNote")}</p>
          <SelectField
            name="channel"
            label={t("channel")}
            optional={f("optional")}
            empty={t("any")}
            defaultValue={given.channel}
            options={choices.channels.map(({ id, name }) => ({ value: id, label: name }))}
          />
          <SelectField
            name="campaign"
            label={t("campaign")}
            optional={f("optional")}
            empty={t("any")}
            defaultValue={given.campaign}
            options={words(choices.campaigns)}
          />
          <SelectField
            name="tag"
            label={t("tag")}
            optional={f("optional")}
            empty={t("any")}
            defaultValue={given.tag}
            options={words(choices.tags)}
          />
        </fieldset>
      )}
      <TextField
        name="effectiveOn"
        type="date"
        label={t("effectiveOn")}
        hint={t("effectiveHint")}
        min={today}
        defaultValue={today}
      />
      <TextField name="note" label={t("note")} maxLength={300} />
      <div className="form-foot">
        <SubmitButton>{t("submit")}</SubmitButton>
      </div>
    </ActionForm>
  );
}
