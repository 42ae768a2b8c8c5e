import { useTranslations } from "next-intl";
import { ConfirmForm } from "@/components/form/confirm-form";
import { TextField } from "@/components/form/field";
import { Button, LinkButton } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import type { FormAction } from "@/lib/action";

type Words = { channelId: string; action: FormAction };

/** What can be done with a block list that holds somebody: take it along, add many, add one. */
export function BlockActions({ mayEdit, ...words }: Words & { mayEdit: boolean }) {
  const t = useTranslations("channels");
  return (
    <>
      <form action={`/channels/${words.channelId}/blocks/export`} method="post">
        <Button type="submit" icon={<Icon name="download" />}>
          {t("blocks.export")}
        </Button>
      </form>
      {mayEdit ? (
        <>
          <ImportLink channelId={words.channelId} />
          <AddBlock {...words} primary />
        </>
      ) : null}
    </>
  );
}

export function ImportLink({ channelId }: { channelId: string }) {
  const t = useTranslations("channels");
  return <LinkButton href={`/channels/${channelId}/blocks/import`}>{t("blocks.import")}</LinkButton>;
}

/** One person by hand. */
export function AddBlock({ channelId, action, primary = false }: Words & { primary?: boolean }) {
  const t = useTranslations("channels");
  const form = useTranslations("form");
  return (
    <ConfirmForm
      action={action}
      opener={t("blocks.add")}
      openerVariant={primary ? "primary" : "default"}
      title={t("blocks.addTitle")}
      submit={t("blocks.addAct")}
      hidden={{ channelId }}
      fields={{
        label: t("blocks.fields.name"),
        reason: t("blocks.fields.reason"),
        blockedOn: t("blocks.fields.blockedOn"),
      }}
    >
      <TextField name="label" label={t("blocks.fields.name")} hint={t("blocks.hints.label")} maxLength={100} />
      <TextField
        name="reason"
        label={t("blocks.fields.reason")}
        optional={form("optional")}
        hint={t("blocks.hints.reason")}
        maxLength={500}
      />
      <TextField
        name="blockedOn"
        type="date"
        label={t("blocks.fields.blockedOn")}
        optional={form("optional")}
        hint={t("blocks.hints.blockedOn")}
      />
    </ConfirmForm>
  );
}
