import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { Checkbox, SelectField, TextField } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { Missing, Mono } from "@/components/ui/text";
import type { FormAction } from "@/lib/action";
import type { PlacementChoices } from "@/lib/placements/schema";
import type { Chosen } from "@/lib/placements/schema/code-book";

/** Gives the ticked places an owner, a campaign or tags at once. What is left empty stays as it is. */
export function PlacementBulkForm({
  action,
  chosen,
  choices,
}: {
  action: FormAction;
  chosen: readonly Chosen[];
  choices: PlacementChoices;
}) {
  const t = useTranslations("placements");
  const f = useTranslations("form");
  const names = ["placementId", "ownerId", "campaign", "addTags", "dropTags"] as const;
  const fields = Object.fromEntries(names.map((name) => [name, t(`bulk.field.${name}`)]));
  return (
    <ActionForm action={action} summary={t("new.check")} working={f("working")} fields={fields} className="max-w-140">
      {chosen.map(({ id }) => (
        <input key={id} type="hidden" name="placementId" value={id} />
      ))}
      <SelectField
        name="ownerId"
        label={t("bulk.field.ownerId")}
        optional={f("optional")}
        empty={t("bulk.stays")}
        options={choices.owners.map((owner) => ({ value: owner.id, label: owner.name }))}
      />
      <TextField
        name="campaign"
        label={t("bulk.field.campaign")}
        optional={f("optional")}
        hint={t("bulk.staysHint")}
        maxLength={60}
        list="bulk-campaigns"
      />
      <datalist id="bulk-campaigns">
        {choices.campaigns.map((campaign) => (
          <option key={campaign} value={campaign} />
        ))}
      </datalist>
      <Checkbox name="noCampaign" label={t("bulk.noCampaign")} />
      <TextField
        name="addTags"
        label={t("bulk.field.addTags")}
        optional={f("optional")}
        hint={t("field.tagsHint")}
        maxLength={250}
      />
      <TextField name="dropTags" label={t("bulk.field.dropTags")} optional={f("optional")} maxLength={250} />
      <div className="form-foot">
        <SubmitButton>{t("bulk.submit", { count: chosen.length })}</SubmitButton>
      </div>
    </ActionForm>
  );
}

/** What was ticked. */
export function ChosenPlaces({ chosen }: { chosen: readonly Chosen[] }) {
  const t = useTranslations("placements");
  return (
    <Table
      caption={t("bulk.chosen")}
      head={
        <>
          <Th>{t("column.place")}</Th>
          <Th>{t("column.owner")}</Th>
        </>
      }
    >
      {chosen.map((place) => (
        <Tr key={place.id}>
          <TdName second={<Mono>{place.code}</Mono>}>{place.name}</TdName>
          <Td>{place.ownerName ?? <Missing what="field" />}</Td>
        </Tr>
      ))}
    </Table>
  );
}
