import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { FileField, TextField } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import { TextArea } from "@/components/form/text-area";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Time } from "@/components/ui/time";
import { Timeline } from "@/components/ui/timeline";
import { newestMark, type OnboardingItem } from "@/lib/channels/rules";
import { extensionsOf } from "@/lib/file-kind";
import { EvidenceLink } from "./evidence-link";
import type { OnboardingSheet } from "./onboarding-table";

/** What can be said of one item: a file, a word, or that it is open again; and all that was said before. */
export function OnboardingDialog({
  item,
  holds,
  sheet,
}: {
  item: OnboardingItem;
  holds: boolean;
  sheet: OnboardingSheet;
}) {
  const t = useTranslations("channels");
  const marks = sheet.marks.filter((mark) => mark.item === item.key);
  return (
    <ConfirmDialog
      // A new mark closes the dialog that made it.
      key={newestMark(marks, item.key)?.at.getTime() ?? 0}
      opener={holds ? t("onboarding.change") : t("onboarding.attach")}
      openerClass="btn sm"
      title={t(`onboarding.items.${item.key}`)}
    >
      {sheet.may.attach ? <UploadForm item={item} channelId={sheet.channelId} /> : null}
      {sheet.may.mark ? <MarkForm item={item} holds={holds} sheet={sheet} /> : null}
      {marks.length > 0 ? (
        <section className="mt-5">
          <h3 className="mb-2 text-sm font-semibold">{t("onboarding.history")}</h3>
          <Timeline
            moments={marks.map((mark) => ({
              key: mark.id,
              kind: mark.kind === "done" ? "ok" : "off",
              title: (
                <>
                  {t(`onboarding.${mark.kind}`)} · {mark.by} · <Time at={mark.at} now={sheet.now} />
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
function UploadForm({ item, channelId }: { item: OnboardingItem; channelId: string }) {
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

function MarkForm({ item, holds, sheet }: { item: OnboardingItem; holds: boolean; sheet: OnboardingSheet }) {
  const t = useTranslations("channels");
  const form = useTranslations("form");
  return (
    <ActionForm
      action={sheet.markAction}
      summary={t(holds ? "onboarding.reopen" : "onboarding.hand")}
      working={form("working")}
      fields={{ note: t("fields.note") }}
      className="pt-4"
    >
      <h3 className="mb-2 text-sm font-semibold">{t(holds ? "onboarding.reopen" : "onboarding.hand")}</h3>
      <input type="hidden" name="channelId" value={sheet.channelId} />
      <input type="hidden" name="item" value={item.key} />
      <input type="hidden" name="kind" value={holds ? "reopened" : "done"} />
      <TextArea name="note" label={t("fields.note")} hint={t("hints.note")} limit={500} rows={2} />
      <SubmitButton variant="default">{t(holds ? "onboarding.reopenAct" : "onboarding.handAct")}</SubmitButton>
    </ActionForm>
  );
}
