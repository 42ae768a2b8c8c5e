"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import { type FormState, formAction, leave } from "@/lib/action";
import type { PersonActor } from "@/lib/auth/actor";
import { sendContent } from "@/lib/dealers/commands/send-content";
import { isDealerCallable } from "@/lib/dealers/queries/dealer-access";
import { Conflict, NotFound, Refused } from "@/lib/errors";
import { keptValues } from "@/lib/form-data";
import { getTemplateInUse, type TemplateInUse } from "@/lib/templates/queries/list-sendable";
import { contentHash } from "@/lib/templates/rules/content-hash";
import type { TemplateContent } from "@/lib/templates/schema/content";
import { type AskedSend, askSend, tellSend } from "@/lib/transcripts/commands/send-message";
import { getSending } from "@/lib/transcripts/queries/get-sending";
import { sendMessageSchema } from "@/lib/transcripts/schema/sending";
import { mediaOf, sendableContent } from "./sendable";

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
  const content = await sendableContent(actor, template, formData, now);
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
  const result = await sendContent(actor, "consult:send", { ...asked, content }, mediaOf(actor)).catch(
    async (error: unknown) => {
      await tell({ outcome: "unknown", reason: "unknown", messageKey: "" });
      throw error;
    },
  );
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
