"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import { type FormState, formAction, leave } from "@/lib/action";
import type { PersonActor } from "@/lib/auth/actor";
import { kstDay } from "@/lib/clock";
import { sendContent } from "@/lib/dealers/commands/send-content";
import { isDealerCallable } from "@/lib/dealers/queries/dealer-access";
import { Conflict, NotFound, Refused } from "@/lib/errors";
import { keptValues } from "@/lib/form-data";
import { getTemplateReport } from "@/lib/templates/queries/judge-given";
import { getTemplateInUse, type TemplateInUse } from "@/lib/templates/queries/list-sendable";
import { openMedia } from "@/lib/templates/queries/media";
import { contentHash } from "@/lib/templates/rules/content-hash";
import { filledContent } from "@/lib/templates/rules/fill";
import type { TemplateContent } from "@/lib/templates/schema/content";
import { type AskedSend, askSend, tellSend } from "@/lib/transcripts/commands/send-message";
import { getSending } from "@/lib/transcripts/queries/get-sending";
import { valueFault } from "@/lib/transcripts/rules/sending";
import { sendMessageSchema } from "@/lib/transcripts/schema/sending";

const refused = (why: string, field?: string) => new Refused(`transcripts.sending.refused.${why}`, field);

/** Shows a template filled as it would go, and sends the one that was shown: what is judged, seen and sent is the same message. */
export const sendMessageAction = formAction(sendMessageSchema, async (actor, input, formData) => {
  const { sessionId, templateId, version, act, seen } = input;
  const now = new Date();
  const sending = await getSending(actor, sessionId, now);
  if (!sending) throw new NotFound();
  if (sending.refused) throw refused(sending.refused);
  if (!(await isDealerCallable(actor, "consult:send", sending.channelId))) throw refused("calls");
  const template = await getTemplateInUse(actor, templateId);
  if (!template || (template.channelId !== null && template.channelId !== sending.channelId)) throw refused("foreign");
  if (template.hash !== version) throw new Conflict("transcripts.sending.refused.changed");
  const content = filledContent(template.content, valuesIn(template.content, formData));
  await assertSendable(actor, content, template, now);
  const hash = contentHash(content);
  const shown: FormState = { found: [{ content, hash }], values: keptValues(formData) };
  if (act === "preview") return shown;
  if (seen !== hash) throw new Conflict("transcripts.sending.refused.unseen");
  const asked = await askSend(actor, { sessionId, template }, now);
  await sendAsked(actor, asked, template, content);
  return leave(`/monitor/${sessionId}/send`, "transcripts.sending.done");
});

/** Asks the dealer, and writes down what came of it whatever that is. @throws Refused with the dealer's reason */
async function sendAsked(
  actor: PersonActor,
  asked: AskedSend,
  template: TemplateInUse,
  content: TemplateContent,
): Promise<void> {
  const tell = (told: Parameters<typeof tellSend>[2]) =>
    tellSend(actor, asked, told, { template, content }, new Date());
  const open = async (mediaId: string) => {
    const { stream, ...file } = await openMedia(actor, mediaId);
    return { ...file, source: stream };
  };
  const result = await sendContent(actor, "consult:send", { ...asked, content }, open).catch(async (error: unknown) => {
    await tell({ outcome: "unknown", reason: "unknown", messageKey: "" });
    throw error;
  });
  if (result.ok) return tell({ outcome: "accepted", reason: "", messageKey: result.value.messageKey ?? "" });
  await tell({ outcome: result.outcome, reason: result.reason, messageKey: "" });
  // The list below the form has it already.
  refresh();
  const reason = (await getTranslations("dealers.access.reason"))(result.reason);
  const said = [result.code, result.text].filter(Boolean).join(" ");
  // What Kakao refuses has no code of its own at every dealer: its words say more than ours.
  if (said === "") throw new Refused(`dealers.access.reason.${result.reason}`);
  throw new Refused("transcripts.sending.refused.dealer", undefined, { reason, said });
}

/** @throws Refused beside the first variable whose value does not fit */
function valuesIn({ variables }: TemplateContent, formData: FormData): Map<string, string> {
  return new Map(
    variables.map((variable, at): [string, string] => {
      const value = String(formData.get(`value.${at}`) ?? "").normalize("NFC");
      const fault = valueFault(variable, value);
      if (fault) throw refused(fault, `value.${at}`);
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
