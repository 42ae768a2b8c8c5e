import { useLocale, useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { SelectField, TextField } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import { LinkButton } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import type { FormAction } from "@/lib/action";
import { fullDay } from "@/lib/clock";
import { dealers, directorySource } from "@/lib/dealers/directory";

type Profile = {
  id: string;
  searchId: string;
  publicId: string | null;
  senderKey: string | null;
  name: string;
  dealer: string | null;
  contact: string;
  categoryCode: string | null;
  consignorName: string;
  privacyUrl: string | null;
  organizationName: string;
  version: number;
};

/** Adds a channel, or edits the profile of `channel`: then the search id stands fixed. */
export function ChannelForm({
  action,
  channel,
  maySwitch = false,
}: {
  action: FormAction;
  channel?: Profile;
  /** Whether the viewer may change the dealer of a channel that a contract holds. */
  maySwitch?: boolean;
}) {
  const t = useTranslations("channels");
  const form = useTranslations("form");
  const locale = useLocale();
  const names = [
    "searchId",
    "name",
    "publicId",
    "senderKey",
    "dealer",
    "contact",
    "categoryCode",
    "consignorName",
    "privacyUrl",
  ] as const;
  return (
    <ActionForm
      action={action}
      summary={useTranslations("errors")("summary", { count: 1 })}
      working={form("working")}
      fields={Object.fromEntries(names.map((name) => [name, t(`fields.${name}`)]))}
    >
      {channel ? (
        <>
          <input type="hidden" name="channelId" value={channel.id} />
          <input type="hidden" name="version" value={channel.version} />
          <TextField
            name="searchId"
            label={t("fields.searchId")}
            hint={t("hints.searchIdFixed")}
            defaultValue={`@${channel.searchId}`}
            readOnly
          />
        </>
      ) : (
        <TextField
          name="searchId"
          label={t("fields.searchId")}
          hint={t("hints.searchId")}
          placeholder="@"
          autoCapitalize="none"
          spellCheck={false}
        />
      )}
      <TextField name="name" label={t("fields.name")} hint={t("hints.name")} defaultValue={channel?.name} />
      <SelectField
        name="dealer"
        label={t("fields.dealer")}
        optional={form("optional")}
        empty={t("noDealer")}
        hint={t("hints.dealer", { day: fullDay(directorySource.checkedOn, locale) })}
        options={dealers.map((dealer) => ({ value: dealer.slug, label: dealer.name }))}
        defaultValue={channel?.dealer ?? undefined}
      />
      {channel?.dealer && maySwitch ? (
        <p className="hint -mt-2 mb-4">
          <Link className="underline underline-offset-2" href={`/channels/${channel.id}/dealer`}>
            {t("switchDealer")}
          </Link>
        </p>
      ) : null}
      <TextField
        name="publicId"
        label={t("fields.publicId")}
        optional={form("optional")}
        hint={t("hints.publicId")}
        defaultValue={channel?.publicId ?? undefined}
        placeholder="_"
        className="input mono"
        autoCapitalize="none"
        spellCheck={false}
      />
      <TextField
        name="senderKey"
        label={t("fields.senderKey")}
        optional={form("optional")}
        hint={t("hints.senderKey")}
        defaultValue={channel?.senderKey ?? undefined}
        className="input mono"
        autoCapitalize="none"
        spellCheck={false}
      />
      <TextField
        name="contact"
        label={t("fields.contact")}
        optional={form("optional")}
        hint={t("hints.contact")}
        defaultValue={channel?.contact}
      />
      <TextField
        name="categoryCode"
        label={t("fields.categoryCode")}
        optional={form("optional")}
        hint={t("hints.categoryCode")}
        defaultValue={channel?.categoryCode ?? undefined}
        className="input mono"
        inputMode="numeric"
      />
      <TextField
        name="consignorName"
        label={t("fields.consignorName")}
        optional={form("optional")}
        hint={channel ? t("hints.consignorName", { name: channel.organizationName }) : t("hints.consignorNew")}
        defaultValue={channel?.consignorName}
      />
      <TextField
        name="privacyUrl"
        label={t("fields.privacyUrl")}
        optional={form("optional")}
        hint={t("hints.privacyUrl")}
        defaultValue={channel?.privacyUrl ?? undefined}
        inputMode="url"
        placeholder="https://"
        autoCapitalize="none"
        spellCheck={false}
      />
      <div className="form-foot">
        <SubmitButton>{channel ? t("save") : t("open")}</SubmitButton>
        <LinkButton href={channel ? `/channels/${channel.id}/profile` : "/channels"}>{form("cancel")}</LinkButton>
      </div>
    </ActionForm>
  );
}
