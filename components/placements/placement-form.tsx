import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { RadioGroup, SelectField, TextField } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import type { FormAction } from "@/lib/action";
import { bots, media, modes, type PlacementChoices, type PlacementRow } from "@/lib/placements/schema";

/** Makes a placement, or changes one: then code and channel are fixed and not asked. */
export function PlacementForm({
  action,
  choices,
  placement,
  me,
  channelId,
}: {
  action: FormAction;
  choices: PlacementChoices;
  placement?: PlacementRow;
  /** Who becomes owner unless somebody else is chosen. */
  me: string;
  /** Chosen beforehand, from the channel's page. */
  channelId?: string;
}) {
  const t = useTranslations("placements");
  const f = useTranslations("form");
  const names = [
    "channelId",
    "name",
    "medium",
    "site",
    "location",
    "pageUrl",
    "campaign",
    "tags",
    "startsOn",
    "endsOn",
    "ownerId",
    "mode",
    "code",
    "bot",
    "event",
  ] as const;
  return (
    <ActionForm
      action={action}
      summary={t("new.check")}
      working={f("working")}
      fields={Object.fromEntries(names.map((name) => [name, t(`field.${name}`)]))}
      className="max-w-140"
    >
      {placement ? (
        <>
          <input type="hidden" name="placementId" value={placement.id} />
          <input type="hidden" name="version" value={placement.version} />
        </>
      ) : (
        <SelectField
          name="channelId"
          label={t("field.channelId")}
          empty={f("choose")}
          options={choices.channels.map((channel) => ({
            value: channel.id,
            label: `${channel.name} @${channel.searchId}`,
          }))}
          defaultValue={channelId ?? (choices.channels.length === 1 ? choices.channels[0]?.id : undefined)}
        />
      )}
      <TextField
        name="name"
        label={t("field.name")}
        hint={t("field.nameHint")}
        maxLength={60}
        defaultValue={placement?.name}
      />
      <SelectField
        name="medium"
        label={t("field.medium")}
        empty={f("choose")}
        options={media.map((medium) => ({ value: medium, label: t(`medium.${medium}`) }))}
        defaultValue={placement?.medium}
      />
      <TextField
        name="site"
        label={t("field.site")}
        hint={t("field.siteHint")}
        optional={f("optional")}
        maxLength={60}
        defaultValue={placement?.site}
      />
      <TextField
        name="location"
        label={t("field.location")}
        hint={t("field.locationHint")}
        optional={f("optional")}
        maxLength={300}
        defaultValue={placement?.location}
      />
      <TextField
        name="pageUrl"
        type="url"
        inputMode="url"
        label={t("field.pageUrl")}
        hint={t("field.pageUrlHint")}
        optional={f("optional")}
        maxLength={2000}
        defaultValue={placement?.pageUrl ?? ""}
      />
      <TextField
        name="campaign"
        label={t("field.campaign")}
        hint={t("field.campaignHint")}
        optional={f("optional")}
        maxLength={60}
        list="placement-campaigns"
        defaultValue={placement?.campaign}
      />
      <datalist id="placement-campaigns">
        {choices.campaigns.map((campaign) => (
          <option key={campaign} value={campaign} />
        ))}
      </datalist>
      <TextField
        name="tags"
        label={t("field.tags")}
        hint={t("field.tagsHint")}
        optional={f("optional")}
        maxLength={250}
        defaultValue={placement?.tags.join(", ")}
      />
      <div className="grid grid-cols-2 gap-3 max-desk:grid-cols-1">
        <TextField
          name="startsOn"
          type="date"
          label={t("field.startsOn")}
          optional={f("optional")}
          defaultValue={placement?.startsOn ?? ""}
        />
        <TextField
          name="endsOn"
          type="date"
          label={t("field.endsOn")}
          optional={f("optional")}
          defaultValue={placement?.endsOn ?? ""}
        />
      </div>
      <SelectField
        name="ownerId"
        label={t("field.ownerId")}
        options={choices.owners.map((owner) => ({ value: owner.id, label: owner.name }))}
        defaultValue={placement?.ownerId ?? me}
      />
      <RadioGroup
        name="mode"
        label={t("field.mode")}
        defaultValue={placement?.mode ?? "redirect"}
        options={modes.map((mode) => ({ value: mode, label: t(`mode.${mode}`), note: t(`modeNote.${mode}`) }))}
      />
      {placement ? null : (
        <TextField
          name="code"
          label={t("field.code")}
          hint={t("field.codeHint")}
          optional={f("optional")}
          maxLength={50}
          className="input mono"
          pattern="[A-Za-z0-9_]{1,50}"
        />
      )}
      <SelectField
        name="bot"
        label={t("field.bot")}
        optional={f("optional")}
        empty={t("bot.none")}
        options={bots.map((bot) => ({ value: bot, label: t(`bot.${bot}`) }))}
        defaultValue={placement?.bot ?? ""}
      />
      <TextField
        name="event"
        label={t("field.event")}
        hint={t("field.eventHint")}
        optional={f("optional")}
        maxLength={100}
        defaultValue={placement?.event ?? ""}
      />
      <div className="form-foot">
        <SubmitButton>{placement ? t("save") : t("new.submit")}</SubmitButton>
      </div>
    </ActionForm>
  );
}
