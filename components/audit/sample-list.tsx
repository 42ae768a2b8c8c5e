import { getLocale, getTranslations } from "next-intl/server";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { Glyph, Status } from "@/components/ui/status";
import { GroupRow, Table, Td, Th, Tr } from "@/components/ui/table";
import { Mono } from "@/components/ui/text";
import { Time } from "@/components/ui/time";
import type { FormAction } from "@/lib/action";
import type { ReviewView, SampleView } from "@/lib/audit/access/reviews";
import { sampleRules } from "@/lib/audit/access/rules";
import { asLocale } from "@/lib/locale";
import { accessActorWord, accessWord } from "./access-words";

/** The records drawn for a review by the rule that drew them, each with the word that was said of it. */
export async function SampleList({
  review,
  action,
  now,
}: {
  review: ReviewView;
  /** Null: nothing is to be said (any more). */
  action: FormAction | null;
  now: Date;
}) {
  const t = await getTranslations("audit.access");
  const { sampleViews } = review;
  if (sampleViews.length === 0) return <p className="text-sm text-fg-2">{t("reviews.noSamples")}</p>;
  const head = (
    <>
      <Th>{t("columns.at")}</Th>
      <Th>{t("columns.who")}</Th>
      <Th phone="hide">{t("columns.whose")}</Th>
      <Th phone="hide">{t("columns.why")}</Th>
      <Th>{t("reviews.verdict")}</Th>
    </>
  );
  return (
    <Table caption={t("reviews.samplesTitle")} head={head}>
      {sampleRules.flatMap((rule) => {
        const drawn = sampleViews.filter((sample) => sample.rule === rule);
        if (drawn.length === 0) return [];
        return [
          <GroupRow
            key={rule}
            columns={5}
            title={t(`rules.${rule}`)}
            count={drawn.length}
            note={t(`rulesNote.${rule}`)}
          />,
          ...drawn.map((sample) => (
            <SampleRow key={sample.sampleId} sample={sample} reviewId={review.id} action={action} now={now} />
          )),
        ];
      })}
    </Table>
  );
}

async function SampleRow({
  sample,
  reviewId,
  action,
  now,
}: {
  sample: SampleView;
  reviewId: string;
  action: FormAction | null;
  now: Date;
}) {
  const t = await getTranslations("audit.access");
  const locale = asLocale(await getLocale());
  const { record } = sample;
  return (
    <Tr>
      <Td nowrap>
        <span id={`s-${sample.sampleId}`}>
          {record ? <Time at={record.at} as="second" now={now} /> : t("reviews.recordGone")}
        </span>
      </Td>
      <Td {...(record ? { second: <Mono>{record.address}</Mono> } : {})}>
        {record ? `${accessActorWord(record, locale)} · ${accessWord(record.action, locale)}` : null}
      </Td>
      <Td phone="hide">{record?.subject ? <Mono>{record.subject.slice(0, 8)}</Mono> : null}</Td>
      <Td phone="hide" {...(record?.reason ? { second: record.reason } : {})}>
        {record?.purpose}
      </Td>
      <Td>
        {action ? <VerdictForm sample={sample} reviewId={reviewId} action={action} /> : <VerdictWord sample={sample} />}
      </Td>
    </Tr>
  );
}

async function VerdictWord({ sample }: { sample: SampleView }) {
  const t = await getTranslations("audit.access.reviews");
  if (sample.verdict === null) return <Status kind="waiting">{t("noVerdict")}</Status>;
  return (
    <>
      <Status kind={sample.verdict === "fine" ? "ok" : "warn"}>
        {t(sample.verdict === "fine" ? "fine" : "question")}
      </Status>
      {sample.note ? <span className="block text-xs text-fg-3">{sample.note}</span> : null}
    </>
  );
}

async function VerdictForm({ sample, reviewId, action }: { sample: SampleView; reviewId: string; action: FormAction }) {
  const [t, f] = await Promise.all([getTranslations("audit.access.reviews"), getTranslations("form")]);
  return (
    <ActionForm action={action} summary={t("verdict")} working={f("working")} className="flex flex-wrap gap-2">
      <input type="hidden" name="reviewId" value={reviewId} />
      <input type="hidden" name="sampleId" value={sample.sampleId} />
      <input className="input w-40" name="note" defaultValue={sample.note} maxLength={500} aria-label={t("note")} />
      {(["fine", "question"] as const).map((verdict) => (
        <SubmitButton key={verdict} size="sm" variant="default" name="verdict" value={verdict}>
          {sample.verdict === verdict ? <Glyph kind={verdict === "fine" ? "ok" : "warn"} /> : null} {t(verdict)}
        </SubmitButton>
      ))}
    </ActionForm>
  );
}
