import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { FileField, TextField } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import { TextArea } from "@/components/form/text-area";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Time } from "@/components/ui/time";
import { Timeline } from "@/components/ui/timeline";
import { type ItemState, newestMark } from "@/lib/channels/rules/onboarding";
import type { OnboardingItem } from "@/lib/channels/rules/onboarding-items";
import { renewalSuggested } from "@/lib/channels/rules/onboarding-plan";
import type { MarkKind } from "@/lib/channels/schema";
import { type Day, kstDay } from "@/lib/clock";
import { extensionsOf } from "@/lib/file-kind";
import { EvidenceLink } from "./evidence-link";
import type { OnboardingSheet } from "./onboarding-sheet";

/** What can be said of one item: a file, a word, that it does not apply, or that it is open again; and all that was said before. */
export function OnboardingDialog({
  item,
  state,
  sheet,
}: {
  item: OnboardingItem;
  state: ItemState;
  sheet: OnboardingSheet;
}) {
  const t = useTranslations("channels");
  const said = newestMark(sheet.marks, item.key)?.kind;
  const marked = said === "done" || said === "not-applicable";
  const suggested = renewalSuggested(item.renewMonths, kstDay(sheet.now));
  const marks = sheet.marks.filter((mark) => mark.item === item.key);
  return (
    <ConfirmDialog
      // A new mark closes the dialog that made it.
      key={newestMark(marks, item.key)?.at.getTime() ?? 0}
      opener={state.holds ? t("onboarding.change") : t("onboarding.attach")}
      openerClass="btn sm"
      title={t(`onboarding.items.${item.key}`)}
    >
      {sheet.may.attach && item.evidence.length > 0 ? (
        <UploadForm item={item} channelId={sheet.channelId} suggested={suggested} />
      ) : null}
      {sheet.may.mark && (!marked || state.status === "expired" || state.status === "contradicted") ? (
        <MarkForm item={item} kind="done" sheet={sheet} suggested={suggested} />
      ) : null}
      {sheet.may.mark && marked ? <MarkForm item={item} kind="reopened" sheet={sheet} suggested={null} /> : null}
      {sheet.may.mark && item.optional && !marked ? (
        <MarkForm item={item} kind="not-applicable" sheet={sheet} suggested={null} />
      ) : null}
      {marks.length > 0 ? (
        <section className="mt-5">
          <h3 className="mb-2 text-sm font-semibold">{t("onboarding.history")}</h3>
          <Timeline
            moments={marks.map((mark) => ({
              key: mark.id,
              kind: mark.kind === "done" ? "ok" : "off",
              title: (
                <>
                  {t(`onboarding.mark.${mark.kind}`)} · {mark.by} · <Time at={mark.at} now={sheet.now} />
                </>
              ),
              note: (
                <>
                  {mark.note ? <span className="block">{mark.note}</span> : null}
                  {mark.file ? (
                    <EvidenceLink channelId={sheet.channelId} file={mark.file} may={sheet.may.download} />
                  ) : null}
                </>
              ),
            }))}
          />
        </section>
      ) : null}
    </ConfirmDialog>
  );
}

/** Posted to its route as a stream; the fields stand before the file. */
function UploadForm({
  item,
  channelId,
  suggested,
}: {
  item: OnboardingItem;
  channelId: string;
  suggested: Day | null;
}) {
  const t = useTranslations("channels");
  const form = useTranslations("form");
  const extensions = extensionsOf(item.evidence);
  return (
    <form
      className="border-b border-line pb-4"
      method="post"
      encType="multipart/form-data"
      action={`/channels/${channelId}/evidence?item=${item.key}`}
    >
      <h3 className="mb-2 text-sm font-semibold">{t("onboarding.upload")}</h3>
      <input type="hidden" name="item" value={item.key} />
      <TextField
        name="note"
        label={t("fields.note")}
        optional={form("optional")}
        hint={t("hints.noteOptional")}
        maxLength={500}
      />
      <RenewField suggested={suggested} />
      <FileField
        name="file"
        label={t("fields.file")}
        hint={t("hints.file", { kinds: extensions.map((one) => one.slice(1)).join(", ") })}
        accept={extensions.join(",")}
      />
      <SubmitButton>{t("onboarding.uploadAct")}</SubmitButton>
    </form>
  );
}

/** Until when the proof counts: empty, or the day that we suggest for it. */
function RenewField({ suggested }: { suggested: Day | null }) {
  const t = useTranslations("channels");
  const form = useTranslations("form");
  return (
    <TextField
      name="renewOn"
      type="date"
      label={t("fields.renewOn")}
      optional={form("optional")}
      hint={t("hints.renewOn")}
      defaultValue={suggested ?? undefined}
    />
  );
}

const titles = {
  done: ["onboarding.hand", "onboarding.handAct"],
  reopened: ["onboarding.reopen", "onboarding.reopenAct"],
  "not-applicable": ["onboarding.setAside", "onboarding.setAsideAct"],
} as const;

function MarkForm({
  item,
  kind,
  sheet,
  suggested,
}: {
  item: OnboardingItem;
  kind: MarkKind;
  sheet: OnboardingSheet;
  suggested: Day | null;
}) {
  const t = useTranslations("channels");
  const form = useTranslations("form");
  const [title, act] = titles[kind];
  const hint =
    kind === "not-applicable"
      ? t("hints.reasonNotApplicable")
      : t(item.key === "manager-phone" ? "hints.phoneNote" : "hints.note");
  const label = t(kind === "not-applicable" ? "fields.reason" : "fields.note");
  return (
    <ActionForm
      action={sheet.markAction}
      summary={t(title)}
      working={form("working")}
      fields={{ note: label, renewOn: t("fields.renewOn") }}
      className="border-b border-line py-4 last:border-0"
    >
      <h3 className="mb-2 text-sm font-semibold">{t(title)}</h3>
      <input type="hidden" name="channelId" value={sheet.channelId} />
      <input type="hidden" name="item" value={item.key} />
      <input type="hidden" name="kind" value={kind} />
      <TextArea name="note" label={label} hint={hint} limit={500} rows={2} />
      {kind === "done" && item.renewMonths !== null ? <RenewField suggested={suggested} /> : null}
      <SubmitButton variant="default">{t(act)}</SubmitButton>
    </ActionForm>
  );
}
