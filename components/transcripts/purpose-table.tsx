import { useTranslations } from "next-intl";
import { ConfirmForm } from "@/components/form/confirm-form";
import { Checkbox, TextField } from "@/components/form/field";
import { Status } from "@/components/ui/status";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import type { FormAction } from "@/lib/action";

type Purpose = {
  id: string;
  name: string;
  scope: string;
  unmask: boolean;
  separated: boolean;
  position: number;
  version: number;
  retiredAt: Date | null;
};

/** The purposes with what each allows; editing and retiring for those who set them. */
export function PurposeTable({
  purposes,
  actions,
}: {
  purposes: readonly Purpose[];
  /** Null: may look alone. */
  actions: Record<"edit" | "retire", FormAction> | null;
}) {
  const t = useTranslations("transcripts.purposes");
  const head = (
    <>
      <Th>{t("columns.name")}</Th>
      <Th>{t("columns.unmask")}</Th>
      <Th>{t("columns.separated")}</Th>
      <Th numeric phone="hide">
        {t("columns.order")}
      </Th>
      {actions ? <Th end>{t("columns.acts")}</Th> : null}
    </>
  );
  const allows = (yes: boolean) => <Status kind={yes ? "ok" : "off"}>{t(yes ? "yes" : "no")}</Status>;
  return (
    <Table caption={t("list")} head={head}>
      {purposes.map((purpose) => (
        <Tr key={purpose.id}>
          <TdName second={purpose.scope || undefined}>
            {purpose.name} {purpose.retiredAt ? <Status kind="off">{t("retired")}</Status> : null}
          </TdName>
          <Td nowrap>{allows(purpose.unmask)}</Td>
          <Td nowrap>{allows(purpose.separated)}</Td>
          <Td numeric phone="hide">
            {purpose.position}
          </Td>
          {actions ? (
            <Td end>{purpose.retiredAt ? null : <PurposeActs purpose={purpose} actions={actions} />}</Td>
          ) : null}
        </Tr>
      ))}
    </Table>
  );
}

function PurposeActs({ purpose, actions }: { purpose: Purpose; actions: Record<"edit" | "retire", FormAction> }) {
  const t = useTranslations("transcripts.purposes");
  const hidden = { purposeId: purpose.id, version: String(purpose.version) };
  return (
    <span className="inline-flex flex-wrap justify-end gap-2 text-left">
      <ConfirmForm
        key={`edit-${purpose.version}`}
        action={actions.edit}
        opener={t("edit")}
        openerSize="sm"
        title={t("editTitle", { name: purpose.name })}
        submit={t("save")}
        hidden={hidden}
        fields={{ name: t("name"), scope: t("scope"), position: t("position") }}
      >
        <PurposeFields purpose={purpose} />
      </ConfirmForm>
      <ConfirmForm
        action={actions.retire}
        opener={t("retire")}
        openerSize="sm"
        title={t("retireTitle", { name: purpose.name })}
        body={t("retireBody")}
        submit={t("retire")}
        hidden={hidden}
      />
    </span>
  );
}

/** Name, scope, what it allows, place in the list. */
export function PurposeFields({ purpose }: { purpose?: Purpose }) {
  const t = useTranslations("transcripts.purposes");
  const f = useTranslations("form");
  return (
    <>
      <TextField name="name" label={t("name")} maxLength={40} defaultValue={purpose?.name} />
      <TextField
        name="scope"
        label={t("scope")}
        hint={t("scopeHint")}
        optional={f("optional")}
        maxLength={200}
        defaultValue={purpose?.scope}
      />
      <Checkbox name="unmask" label={t("unmask")} defaultChecked={purpose?.unmask ?? false} />
      <Checkbox name="separated" label={t("separated")} defaultChecked={purpose?.separated ?? false} />
      <TextField
        name="position"
        label={t("position")}
        inputMode="numeric"
        maxLength={3}
        defaultValue={String(purpose?.position ?? 0)}
      />
    </>
  );
}
