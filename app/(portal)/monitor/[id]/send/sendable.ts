// A template made ready for a room: filled, judged, its files at hand. For consultations and for rehearsals alike.
import type { PersonActor } from "@/lib/auth/actor";
import { kstDay } from "@/lib/clock";
import { Refused } from "@/lib/errors";
import { getTemplateReport } from "@/lib/templates/queries/judge-given";
import type { TemplateInUse } from "@/lib/templates/queries/list-sendable";
import { openMedia } from "@/lib/templates/queries/media";
import { filledContent } from "@/lib/templates/rules/fill";
import type { TemplateContent } from "@/lib/templates/schema/content";
import { valueFault } from "@/lib/transcripts/rules/sending";

/** The template with the values of a form. @throws Refused beside a value that does not fit, or with the first rule that the message breaks */
export async function sendableContent(
  actor: PersonActor,
  template: TemplateInUse,
  formData: FormData,
  now: Date,
): Promise<TemplateContent> {
  const content = filledContent(template.content, valuesIn(template.content, formData));
  await assertSendable(actor, content, template, now);
  return content;
}

/** Opens files of the media library for a dealer. */
export const mediaOf = (actor: PersonActor) => async (mediaId: string) => {
  const { stream, ...file } = await openMedia(actor, mediaId);
  return { ...file, source: stream };
};

/** @throws Refused beside the first variable whose value does not fit */
function valuesIn({ variables }: TemplateContent, formData: FormData): Map<string, string> {
  return new Map(
    variables.map((variable, at): [string, string] => {
      const value = String(formData.get(`value.${at}`) ?? "").normalize("NFC");
      const fault = valueFault(variable, value);
      if (fault) throw new Refused(`transcripts.sending.refused.${fault}`, `value.${at}`);
      return [variable.name, value.trim()];
    }),
  );
}

/** @throws Refused with the first rule that the message breaks: the guide's, a dealer's, the company's own words */
async function assertSendable(
  actor: PersonActor,
  content: TemplateContent,
  { tags, channelId }: TemplateInUse,
  now: Date,
): Promise<void> {
  const { report } = await getTemplateReport(actor, content, { tags, channelId }, kstDay(now));
  const fault = report.findings.find(({ severity }) => severity === "error");
  if (fault) throw new Refused(`templates.rule.${fault.rule}`, undefined, { ...fault.values });
}
