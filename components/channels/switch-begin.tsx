import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { SelectField, TextField } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import { TextArea } from "@/components/form/text-area";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Section } from "@/components/ui/section";
import type { FormAction } from "@/lib/action";
import { type Day, kstDay } from "@/lib/clock";
import { dealerBySlug, dealers } from "@/lib/dealers/directory";

/** No switch is open: who the dealer is, and the form that begins one. */
export function SwitchBegin({
  channel,
  may,
  action,
  now,
}: {
  /** `ownEndsOn`: the channel's own last day; an end by the former contract is what a switch is for. */
  channel: { id: string; dealer: string | null; ownEndsOn: Day | null };
  may: boolean;
  action: FormAction;
  now: Date;
}) {
  const t = useTranslations("channels");
  const form = useTranslations("form");
  const own = dealerBySlug(channel.dealer);
  const over = channel.ownEndsOn !== null && channel.ownEndsOn < kstDay(now);
  if (!own) {
    const edit = <LinkButton href={`/channels/${channel.id}/edit`}>{t("switch.toProfile")}</LinkButton>;
    return (
      <EmptyState title={t("switch.title")} hint={may ? edit : undefined}>
        {t("switch.noDealer")}
      </EmptyState>
    );
  }
  const fields = {
    toDealer: t("switch.fields.toDealer"),
    lastOn: t("switch.fields.lastOn"),
    reason: t("switch.fields.reason"),
  };
  return (
    <Section title={t("switch.title")} note={`${t("switch.now")} · ${own.name}`}>
      {over ? <p className="hint">{t("switch.ended")}</p> : null}
      {may && !over ? (
        <ActionForm
          action={action}
          summary={t("switch.begin")}
          working={form("working")}
          fields={fields}
          className="max-w-xl"
        >
          <p className="mb-4 text-sm text-fg-2">{t("switch.beginNote")}</p>
          <input type="hidden" name="channelId" value={channel.id} />
          <SelectField
            name="toDealer"
            label={fields.toDealer}
            hint={t("switch.hints.toDealer")}
            empty={t("switch.choose")}
            options={dealers.map(({ slug, name }) => ({ value: slug, label: name }))}
          />
          <TextField
            name="lastOn"
            type="date"
            label={fields.lastOn}
            hint={t("switch.hints.lastOn")}
            defaultValue={kstDay(now)}
          />
          <TextArea name="reason" label={fields.reason} hint={t("switch.hints.reason")} limit={500} rows={2} />
          <div className="form-foot">
            <SubmitButton>{t("switch.begin")}</SubmitButton>
          </div>
        </ActionForm>
      ) : null}
    </Section>
  );
}
