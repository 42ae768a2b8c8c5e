"use server";

// What the agent of a rehearsal does. The rule says first what it thinks; the dealer is asked all the same, so that both are seen to refuse.
import { refresh } from "next/cache";
import { type FormState, formAction, leave } from "@/lib/action";
import { sendThrough } from "@/lib/dealers/commands/send-content";
import { Conflict, Refused } from "@/lib/errors";
import { keptValues } from "@/lib/form-data";
import { destroyRehearsed, endRehearsal } from "@/lib/rehearsal/commands/end-rehearsal";
import { getRehearsal } from "@/lib/rehearsal/queries/get-rehearsal";
import { actSchema, endRehearsalSchema, replySchema, speakSchema } from "@/lib/rehearsal/schema/rehearsal";
import { getTemplateInUse } from "@/lib/templates/queries/list-sendable";
import { contentHash } from "@/lib/templates/rules/content-hash";
import { emptyContent, type TemplateContent } from "@/lib/templates/schema/content";
import { mediaOf, sendableContent } from "../../monitor/[id]/send/sendable";
import { Stage } from "./stage";

async function shown(stage: Stage): Promise<FormState> {
  await stage.close();
  refresh();
  return {};
}

/** Why an agent may not speak now, by our own rule: never first, never after the end, never to whom was blocked (guide 2 STEP 1, STEP 4). */
async function whyNot(stage: Stage): Promise<"first" | "ended" | "blocked" | null> {
  const view = await getRehearsal(stage.actor, stage.play.id, stage.now);
  if (view?.blocked) return "blocked";
  if (stage.walk.session !== null) return null;
  return view && view.sessions.length > 0 ? "ended" : "first";
}

async function send(
  stage: Stage,
  content: TemplateContent,
  template: { id: string; name: string; number: number } | null,
): Promise<void> {
  const why = await whyNot(stage);
  const serial = stage.serial();
  const order = { userKey: stage.play.userKey, serial, content };
  const result = await sendThrough(stage.client, order, mediaOf(stage.actor));
  if (!result.ok) {
    const { reason, code, text } = result;
    return stage.note("refused", { why: why ?? "dealer", reason, code, text: text.slice(0, 200) });
  }
  await stage.keep({ content }, serial, template);
  const { session } = stage.walk;
  stage.note("replied", { session, template: template?.name ?? null, version: template?.number ?? null });
}

/** Words of one's own: an agent's chat is free while the session is open. */
export const speakAction = formAction(speakSchema, async (actor, { rehearsalId, words }) => {
  const stage = await Stage.open(actor, rehearsalId, new Date());
  await send(stage, { ...emptyContent("PLAIN_TEXT"), text: words }, null);
  return shown(stage);
});

/** A template as the monitor sends it: filled, judged, shown, and then the very one that was shown. */
export const replyAction = formAction(replySchema, async (actor, input, formData) => {
  const stage = await Stage.open(actor, input.rehearsalId, new Date());
  const template = await getTemplateInUse(actor, input.templateId);
  if (!template || (template.channelId !== null && template.channelId !== stage.play.channelId))
    throw new Refused("transcripts.sending.refused.foreign");
  if (template.hash !== input.version) throw new Conflict("transcripts.sending.refused.changed");
  const content = await sendableContent(actor, template, formData, stage.now);
  const hash = contentHash(content);
  if (input.act === "preview") return { found: [{ content, hash }], values: keptValues(formData) };
  if (input.seen !== hash) throw new Conflict("transcripts.sending.refused.unseen");
  await send(stage, content, template);
  return shown(stage);
});

export const endAction = formAction(actSchema, async (actor, { rehearsalId }) => {
  const stage = await Stage.open(actor, rehearsalId, new Date());
  assertTold(await stage.client.end(stage.play.userKey, stage.serial()));
  await stage.follow();
  return shown(stage);
});

/** Ends the consult and lets the channel's chatbot go on. */
export const handBackAction = formAction(actSchema, async (actor, { rehearsalId }) => {
  const stage = await Stage.open(actor, rehearsalId, new Date());
  assertTold(await stage.client.endWithBot(stage.play.userKey, stage.serial(), ""));
  await stage.follow();
  return shown(stage);
});

export const blockAction = formAction(actSchema, async (actor, { rehearsalId }) => {
  const stage = await Stage.open(actor, rehearsalId, new Date());
  assertTold(await stage.client.block(stage.play.userKey));
  stage.note("blocked");
  await stage.follow();
  return shown(stage);
});

export const unblockAction = formAction(actSchema, async (actor, { rehearsalId }) => {
  const stage = await Stage.open(actor, rehearsalId, new Date());
  assertTold(await stage.client.unblock(stage.play.userKey));
  stage.note("unblocked");
  return shown(stage);
});

/** What the dealer refused is said in our words and its own. */
function assertTold(result: { ok: true } | { ok: false; reason: string; code: string; text: string }): void {
  if (!result.ok) throw new Refused(`dealers.access.reason.${result.reason}`);
}

export const destroyAction = formAction(actSchema, async (actor, { rehearsalId }) => {
  await destroyRehearsed(actor, rehearsalId, new Date());
  refresh();
  return {};
});

export const endRehearsalAction = formAction(endRehearsalSchema, async (actor, { rehearsalId, outcome }) => {
  await endRehearsal(actor, rehearsalId, outcome, new Date());
  return leave(`/rehearsal/${rehearsalId}`, `rehearsal.run.done.${outcome === "finished" ? "finished" : "givenUp"}`);
});
