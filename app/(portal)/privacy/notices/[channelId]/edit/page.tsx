import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ActionForm } from "@/components/form/action-form";
import { RadioGroup, TextField } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import { NoticeEditor } from "@/components/privacy/notice-editor";
import { Callout } from "@/components/ui/callout";
import { PageHeader } from "@/components/ui/page-header";
import { currentActor } from "@/lib/auth/session";
import { getNotice } from "@/lib/privacy/queries/get-notice";
import { withHours } from "@/lib/privacy/queries/notice-facts";
import { listChannelChoices } from "@/lib/privacy/queries/privacy-channels";
import { suggestedNotice } from "@/lib/privacy/rules/notice-suggestion";
import { type NoticeVariable, noticeVariableKeys } from "@/lib/privacy/rules/notice-text";
import { noticeWeights } from "@/lib/privacy/schema/notice";
import { saveNoticeAction } from "../../actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("privacy.notices"))("edit") };
}

/** The draft of a channel's notice: of its newest version while that is one, else of the next. */
export default async function EditNoticePage({ params }: { params: Promise<{ channelId: string }> }) {
  const actor = await currentActor();
  // Asks the door for the right to edit before anything is shown.
  await listChannelChoices(actor, "notice:edit");
  const notice = await getNotice(actor, (await params).channelId, new Date());
  if (!notice) notFound();
  const t = await getTranslations("privacy.notices");
  const f = await getTranslations("form");
  const [newest] = notice.versions;
  const { channel } = notice;
  const hours = newest?.words.hours ?? "";
  const names = Object.fromEntries(noticeVariableKeys.map((key) => [key, t(`variables.${key}`)]));
  const labels = {
    ...{
      source: t("fields.source"),
      hours: t("fields.hours"),
      summary: t("fields.summary"),
      weight: t("fields.weight"),
    },
  };
  return (
    <>
      <PageHeader
        title={t("edit")}
        crumbs={[
          { href: "/privacy/notices", label: t("title") },
          { href: `/privacy/notices/${channel.id}`, label: channel.name },
        ]}
        sub={t("editAbout")}
      />
      {newest ? null : (
        <div className="mb-4">
          <Callout kind="note">{t("suggested")}</Callout>
        </div>
      )}
      {newest?.state === "submitted" ? (
        <Callout kind="warn">{t("refused.locked")}</Callout>
      ) : (
        <ActionForm action={saveNoticeAction} summary={t("saveCheck")} working={f("working")} fields={labels}>
          <input type="hidden" name="channelId" value={channel.id} />
          <input type="hidden" name="number" value={newest?.number ?? 0} />
          <input type="hidden" name="save" value={newest?.save ?? 0} />
          <NoticeEditor
            key={`${newest?.number ?? 0}.${newest?.save ?? 0}`}
            words={{
              ...{ label: labels.source, insert: t("insert"), preview: t("preview.title") },
              ...{ lengths: t("lengthsLive"), kept: t("keptDraft") },
              names: names as Record<NoticeVariable, string>,
            }}
            values={withHours(notice.facts, hours).values}
            channel={channel.name}
            defaultValue={newest?.words.source ?? suggestedNotice}
            place={`notice:${channel.id}:${newest?.number ?? 0}.${newest?.save ?? 0}`}
          />
          <div className="mt-4 max-w-140">
            <TextField
              name="hours"
              label={labels.hours}
              hint={t("hints.hours")}
              optional={f("optional")}
              defaultValue={hours}
              maxLength={60}
            />
            <TextField
              name="summary"
              label={labels.summary}
              hint={t("hints.summary")}
              optional={f("optional")}
              defaultValue={newest && newest.state !== "verified" ? newest.words.summary : ""}
              maxLength={100}
            />
            <RadioGroup
              name="weight"
              label={labels.weight}
              defaultValue={newest?.words.weight ?? "major"}
              options={noticeWeights.map((value) => ({ value, label: t(`weights.${value}`) }))}
            />
            <p className="hint">{t("counting")}</p>
            <div className="form-foot">
              <SubmitButton>{t("save")}</SubmitButton>
            </div>
          </div>
        </ActionForm>
      )}
    </>
  );
}
