"use server";

import { getTranslations } from "next-intl/server";
import { formAction, leave } from "@/lib/action";
import { NotFound, Refused } from "@/lib/errors";
import { createScenario, saveScenario } from "@/lib/rehearsal/commands/save-scenario";
import {
  approveScenario,
  retireScenario,
  returnScenario,
  submitScenario,
  takeScenarioInUse,
  withdrawScenario,
} from "@/lib/rehearsal/commands/take-scenario-step";
import { getScenarioDraft } from "@/lib/rehearsal/queries/get-scenario";
import { editScenario, firstScenario, scenarioFromForm } from "@/lib/rehearsal/rules/scenario-form";
import {
  newScenarioSchema,
  restoreScenarioSchema,
  returnScenarioSchema,
  scenarioFormSchema,
  stepOfScenarioSchema,
} from "@/lib/rehearsal/schema/store";

const at = (id: string) => `/rehearsal/scenarios/${id}`;

/** A new scenario that nothing is wrong with, open in its editor. */
export const createScenarioAction = formAction(newScenarioSchema, async (actor, input) => {
  const t = await getTranslations("rehearsal.first");
  const words = { menu: t("menu"), agent: t("agent"), closed: t("closed"), choice: t("choice") };
  const id = await createScenario(actor, { ...input, content: firstScenario(words) });
  return leave(`${at(id)}/edit`, "rehearsal.done.created");
});

/** What the form says, and the act that was pressed, are one save; the draft before it can be brought back. */
export const saveScenarioAction = formAction(scenarioFormSchema, async (actor, input, formData) => {
  const { scenarioId, revision, name, act } = input;
  const base = await getScenarioDraft(actor, scenarioId, revision);
  if (!base) throw new NotFound();
  const laid = scenarioFromForm(base.content, formData);
  if ("field" in laid) throw new Refused(laid.key, laid.field);
  await saveScenario(actor, { scenarioId, revision, name, content: editScenario(laid, act) ?? laid });
  return leave(`${at(scenarioId)}/edit`, act === "save" ? "rehearsal.done.saved" : "rehearsal.done.edited");
});

/** The draft before the newest one becomes the newest. */
export const undoScenarioAction = formAction(restoreScenarioSchema, async (actor, { scenarioId, revision }) => {
  const before = await getScenarioDraft(actor, scenarioId, revision - 1);
  if (!before) throw new NotFound();
  await saveScenario(actor, { scenarioId, revision, name: before.name, content: before.content });
  return leave(`${at(scenarioId)}/edit`, "rehearsal.done.undone");
});

export const submitScenarioAction = formAction(stepOfScenarioSchema, async (actor, input) => {
  await submitScenario(actor, input);
  return leave(at(input.scenarioId), "rehearsal.done.submitted");
});

export const withdrawScenarioAction = formAction(stepOfScenarioSchema, async (actor, input) => {
  await withdrawScenario(actor, input);
  return leave(at(input.scenarioId), "rehearsal.done.withdrawn");
});

export const approveScenarioAction = formAction(stepOfScenarioSchema, async (actor, input) => {
  await approveScenario(actor, input);
  return leave(at(input.scenarioId), "rehearsal.done.approved");
});

export const returnScenarioAction = formAction(returnScenarioSchema, async (actor, input) => {
  await returnScenario(actor, input);
  return leave(at(input.scenarioId), "rehearsal.done.returned");
});

export const takeScenarioInUseAction = formAction(stepOfScenarioSchema, async (actor, input) => {
  await takeScenarioInUse(actor, input);
  return leave(at(input.scenarioId), "rehearsal.done.used");
});

export const retireScenarioAction = formAction(stepOfScenarioSchema, async (actor, input) => {
  await retireScenario(actor, input);
  return leave(at(input.scenarioId), "rehearsal.done.retired");
});
