import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { RadioGroup, TextField } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import { WithRail } from "@/components/ui/section";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { Mono } from "@/components/ui/text";
import type { FormAction } from "@/lib/action";
import { printKinds } from "@/lib/placements/schema/prints";

type Place = { id: string; name: string; code: string; channelName: string };

/** Places shown beside the form; the rest is counted. */
const shown = 50;

/** Orders a paper of codes for the places that were ticked or found. */
export function PrintForm({ action, places }: { action: FormAction; places: readonly Place[] }) {
  const t = useTranslations("placements");
  const f = useTranslations("form");
  const rail = (
    <>
      <Table
        caption={t("prints.places")}
        head={
          <>
            <Th>{t("column.place")}</Th>
            <Th>{t("column.channel")}</Th>
          </>
        }
      >
        {places.slice(0, shown).map((place) => (
          <Tr key={place.id}>
            <TdName second={<Mono>{place.code}</Mono>}>{place.name}</TdName>
            <Td>{place.channelName}</Td>
          </Tr>
        ))}
      </Table>
      {places.length > shown ? <p className="hint pt-2">{t("import.more", { count: places.length - shown })}</p> : null}
    </>
  );
  return (
    <WithRail label={t("prints.places")} rail={rail}>
      <ActionForm
        action={action}
        summary={t("new.check")}
        working={f("working")}
        fields={{ name: t("prints.name"), kind: t("prints.kind.label"), placementId: t("prints.places") }}
        className="max-w-140"
      >
        {places.map(({ id }) => (
          <input key={id} type="hidden" name="placementId" value={id} />
        ))}
        <TextField name="name" label={t("prints.name")} hint={t("prints.nameHint")} maxLength={60} />
        <RadioGroup
          name="kind"
          label={t("prints.kind.label")}
          defaultValue="labels24"
          options={printKinds.map((kind) => ({
            value: kind,
            label: t(`prints.kind.${kind}`),
            note: t(`prints.kindNote.${kind}`),
          }))}
        />
        <div className="form-foot">
          <SubmitButton>{t("prints.submit", { count: places.length })}</SubmitButton>
        </div>
      </ActionForm>
    </WithRail>
  );
}
