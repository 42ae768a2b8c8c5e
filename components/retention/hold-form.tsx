import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { SelectField, TextField } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import { TextArea } from "@/components/form/text-area";
import { Callout } from "@/components/ui/callout";
import type { FormAction } from "@/lib/action";
import type { Day } from "@/lib/clock";
import type { HoldScope } from "@/lib/retention/schema/hold";

type Choices = {
  channels: readonly { id: string; name: string; searchId: string }[];
  owners: readonly { id: string; name: string }[];
};
type Said = { title: string; reason: string; ownerId: string; reviewOn: Day };

const names = [
  ...["session", "channelId", "userKey", "openedFrom", "openedTo", "title", "reason", "ownerId", "reviewOn"],
] as const;

/** Places a hold of one scope. The user_key goes by POST and is kept as its keyed handle alone. */
export function PlaceHoldForm({
  action,
  scope,
  choices,
  session,
  me,
}: {
  action: FormAction;
  scope: HoldScope;
  choices: Choices;
  /** Chosen beforehand, from the consultation's page. */
  session: string;
  me: string;
}) {
  const t = useTranslations("retention.holds");
  const f = useTranslations("form");
  return (
    <ActionForm
      action={action}
      summary={t("check")}
      working={f("working")}
      fields={Object.fromEntries(names.map((name) => [name, t(`field.${name as "title"}`)]))}
      className="max-w-140"
    >
      <input type="hidden" name="scope" value={scope} />
      {scope === "session" ? (
        <TextField
          name="session"
          label={t("field.session")}
          hint={t("field.sessionHint")}
          defaultValue={session}
          maxLength={100}
          autoComplete="off"
        />
      ) : (
        <SelectField
          name="channelId"
          label={t("field.channelId")}
          empty={scope === "period" ? t("allChannels") : f("choose")}
          optional={scope === "period" ? f("optional") : undefined}
          options={choices.channels.map(({ id, name, searchId }) => ({ value: id, label: `${name} @${searchId}` }))}
        />
      )}
      {scope === "user" ? (
        <TextField
          name="userKey"
          label={t("field.userKey")}
          hint={t("field.userKeyHint")}
          maxLength={20}
          autoComplete="off"
        />
      ) : null}
      {scope === "period" ? (
        <>
          <TextField name="openedFrom" type="date" label={t("field.openedFrom")} hint={t("field.openedHint")} />
          <TextField name="openedTo" type="date" label={t("field.openedTo")} />
        </>
      ) : null}
      <SaidFields owners={choices.owners} said={{ title: "", reason: "", ownerId: me, reviewOn: "" }} />
      <Callout kind="lock">{t(`scopeNote.${scope}`)}</Callout>
      <div className="form-foot mt-4">
        <SubmitButton>{t("place")}</SubmitButton>
      </div>
    </ActionForm>
  );
}

/** Changes what is said of a hold: its scope stays. */
export function EditHoldForm({
  action,
  hold,
  owners,
}: {
  action: FormAction;
  hold: Said & { id: string; version: number };
  owners: Choices["owners"];
}) {
  const t = useTranslations("retention.holds");
  const f = useTranslations("form");
  return (
    <ActionForm
      action={action}
      summary={t("check")}
      working={f("working")}
      fields={Object.fromEntries(names.map((name) => [name, t(`field.${name as "title"}`)]))}
      className="max-w-140"
    >
      <input type="hidden" name="holdId" value={hold.id} />
      <input type="hidden" name="version" value={hold.version} />
      <SaidFields owners={owners} said={hold} />
      <SubmitButton variant="default">{t("save")}</SubmitButton>
    </ActionForm>
  );
}

function SaidFields({ owners, said }: { owners: Choices["owners"]; said: Said }) {
  const t = useTranslations("retention.holds");
  const known = owners.some(({ id }) => id === said.ownerId);
  return (
    <>
      <TextField
        name="title"
        label={t("field.title")}
        hint={t("field.titleHint")}
        maxLength={60}
        defaultValue={said.title}
      />
      <TextArea
        name="reason"
        label={t("field.reason")}
        hint={t("field.reasonHint")}
        limit={1_000}
        rows={3}
        defaultValue={said.reason}
      />
      <SelectField
        name="ownerId"
        label={t("field.ownerId")}
        empty={t("field.ownerEmpty")}
        options={owners.map(({ id, name }) => ({ value: id, label: name }))}
        defaultValue={known ? said.ownerId : undefined}
      />
      <TextField
        name="reviewOn"
        type="date"
        label={t("field.reviewOn")}
        hint={t("field.reviewOnHint")}
        defaultValue={said.reviewOn}
      />
    </>
  );
}
