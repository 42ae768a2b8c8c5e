import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { SelectField, TextField } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import { Section } from "@/components/ui/section";
import type { FormAction } from "@/lib/action";
import type { ContractView } from "@/lib/dealers/rules/contract-view";

/** Adds a channel of the same dealer to the contract. */
export function CoverForm({
  contract,
  choices,
  action,
}: {
  contract: Pick<ContractView, "id" | "version" | "startsOn">;
  choices: readonly { id: string; name: string }[];
  action: FormAction;
}) {
  const t = useTranslations("dealers.contracts.channels");
  const form = useTranslations("form");
  return (
    <Section title={t("add")}>
      {choices.length === 0 ? (
        <p className="text-sm text-fg-2">{t("noChoice")}</p>
      ) : (
        <ActionForm
          action={action}
          summary={t("add")}
          working={form("working")}
          fields={{ channelId: t("channel"), fromOn: t("from"), untilOn: t("until") }}
        >
          <input type="hidden" name="contractId" value={contract.id} />
          <input type="hidden" name="version" value={contract.version} />
          <SelectField
            name="channelId"
            label={t("channel")}
            empty={t("choose")}
            options={choices.map(({ id, name }) => ({ value: id, label: name }))}
          />
          <div className="grid grid-cols-2 gap-x-4">
            <TextField name="fromOn" type="date" label={t("from")} defaultValue={contract.startsOn} />
            <TextField name="untilOn" type="date" label={t("until")} optional={form("optional")} />
          </div>
          <SubmitButton>{t("add")}</SubmitButton>
        </ActionForm>
      )}
    </Section>
  );
}
