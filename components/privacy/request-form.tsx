import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { Checkbox, RadioGroup, SelectField, TextField } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import { TextArea } from "@/components/form/text-area";
import type { FormAction } from "@/lib/action";
import type { Day } from "@/lib/clock";
import { requestKinds, requestWays } from "@/lib/privacy/schema/request";

type Channels = readonly { id: string; name: string; searchId: string }[];

const names = ["kind", "receivedOn", "receivedVia", "channelId", "userKey", "proxy", "identity", "detail"] as const;

/** Registers a request. What names the person is sealed before it is kept. */
export function RequestForm({ action, channels, today }: { action: FormAction; channels: Channels; today: Day }) {
  const t = useTranslations("privacy.requests");
  const f = useTranslations("form");
  return (
    <ActionForm
      action={action}
      summary={t("check")}
      working={f("working")}
      fields={Object.fromEntries(names.map((name) => [name, t(`field.${name}`)]))}
      className="max-w-140"
    >
      <RadioGroup
        name="kind"
        label={t("field.kind")}
        options={requestKinds.map((kind) => ({ value: kind, label: t(`kinds.${kind}`), note: t(`kindNotes.${kind}`) }))}
      />
      <TextField
        name="receivedOn"
        type="date"
        label={t("field.receivedOn")}
        hint={t("field.receivedOnHint")}
        defaultValue={today}
        max={today}
      />
      <SelectField
        name="receivedVia"
        label={t("field.receivedVia")}
        hint={t("field.receivedViaHint")}
        options={requestWays.map((way) => ({ value: way, label: t(`ways.${way}`) }))}
        defaultValue="kakaotalk"
      />
      <SubjectFields channels={channels} />
      <Checkbox name="proxy" label={t("field.proxy")} hint={t("field.proxyHint")} />
      <TextArea name="identity" label={t("field.identity")} hint={t("field.identityHint")} limit={500} rows={2} />
      <TextArea name="detail" label={t("field.detail")} hint={t("field.detailHint")} limit={2_000} rows={4} />
      <div className="form-foot">
        <SubmitButton>{t("register")}</SubmitButton>
      </div>
    </ActionForm>
  );
}

/** Whose consultations are meant. The user_key goes by POST; it is kept sealed beside its keyed handle. */
export function SubjectFields({ channels }: { channels: Channels }) {
  const t = useTranslations("privacy.requests");
  const f = useTranslations("form");
  return (
    <>
      <SelectField
        name="channelId"
        label={t("field.channelId")}
        optional={f("optional")}
        empty={t("field.channelEmpty")}
        options={channels.map(({ id, name, searchId }) => ({ value: id, label: `${name} @${searchId}` }))}
      />
      <TextField
        name="userKey"
        label={t("field.userKey")}
        optional={f("optional")}
        hint={t("field.userKeyHint")}
        maxLength={20}
        autoComplete="off"
      />
    </>
  );
}
