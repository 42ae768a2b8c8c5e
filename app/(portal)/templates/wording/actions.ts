"use server";

import { z } from "zod";
import { formAction, leave } from "@/lib/action";
import { addExampleWordRules, addWordRule, endWordRule } from "@/lib/templates/commands/edit-word-rules";
import { addWordRuleSchema, endWordRuleSchema } from "@/lib/templates/schema/word-rule";

export const addWordRuleAction = formAction(addWordRuleSchema, async (actor, input) => {
  await addWordRule(actor, input);
  return leave("/templates/wording", "templates.wording.done.added");
});

export const endWordRuleAction = formAction(endWordRuleSchema, async (actor, input) => {
  await endWordRule(actor, input);
  return leave("/templates/wording", "templates.wording.done.ended");
});

export const addExampleWordRulesAction = formAction(z.object({}), async (actor) => {
  await addExampleWordRules(actor);
  return leave("/templates/wording", "templates.wording.done.examples");
});
