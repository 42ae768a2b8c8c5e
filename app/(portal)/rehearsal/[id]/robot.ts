// The auto-reply of a rehearsal: its scenario in use, said through the dealer as a chatbot would.
import { sendThrough } from "@/lib/dealers/commands/send-content";
import { Refused } from "@/lib/errors";
import { answer, begin, type Said, type Step } from "@/lib/rehearsal/rules/walk";
import { getTemplateInUse } from "@/lib/templates/queries/list-sendable";
import { filledContent } from "@/lib/templates/rules/fill";
import { emptyContent, type TemplateContent } from "@/lib/templates/schema/content";
import { mediaOf } from "../../monitor/[id]/send/sendable";
import type { Stage } from "./stage";

/** What the robot says to somebody who came, or who said something. Silent without a scenario, and once a person took over. */
export async function robotSpeaks(stage: Stage, typed: string | null): Promise<void> {
  const { scenario, aheadMs } = stage.play;
  const { state, session } = stage.walk;
  if (!scenario || session === null || (state !== null && state.over !== null)) return;
  const now = new Date(Date.now() + aheadMs);
  const step: Step = state === null || typed === null ? begin(scenario, now) : answer(scenario, state, typed, now);
  stage.walk = { ...stage.walk, state: step.state };
  for (const said of step.said) await sayOne(stage, said);
  if (step.state.over === "agent") stage.note("handed", { session });
  if (step.state.over === "end") {
    await stage.client.end(stage.play.userKey, stage.serial());
    await stage.follow("robot");
  }
}

async function sayOne(stage: Stage, said: Said): Promise<void> {
  const { session } = stage.walk;
  const content = await contentOf(stage, said);
  const serial = stage.serial();
  const order = { userKey: stage.play.userKey, serial, content };
  const result = await sendThrough(stage.client, order, mediaOf(stage.actor));
  if (!result.ok) return stage.note("refused", { session, why: "robot", reason: result.reason, code: result.code });
  await stage.keep({ content, choices: said.choices }, serial, null);
  stage.note("robot", { session, node: said.node });
}

/** A template's variables stand as their first example: a robot knows no values. */
async function contentOf(stage: Stage, { text, templateId }: Said): Promise<TemplateContent> {
  if (templateId === null) return { ...emptyContent("PLAIN_TEXT"), text };
  const template = await getTemplateInUse(stage.actor, templateId);
  if (!template) throw new Refused("rehearsal.run.refused.template");
  const { content } = template;
  return filledContent(content, new Map(content.variables.map(({ name, samples }) => [name, samples[0] ?? ""])));
}
