// What may be asked of scenarios that are kept.
import { z } from "zod";
import { line, note } from "@/lib/text";
import { scenarioSchema } from "./scenario";

const scenarioId = z.uuid();
const hash = z.string().regex(/^[0-9a-f]{64}$/);

export const createScenarioSchema = z.object({ channelId: z.uuid(), name: line(80, 1), content: scenarioSchema });
export type CreateScenario = z.output<typeof createScenarioSchema>;

export const saveScenarioSchema = z.object({
  ...{ scenarioId, revision: z.number().int().min(1), name: line(80, 1), content: scenarioSchema },
});
export type SaveScenario = z.output<typeof saveScenarioSchema>;

/** A step names the content that was looked at. */
export const stepOfScenarioSchema = z.object({ scenarioId, hash, note: note(500).default("") });
export type StepOfScenario = z.output<typeof stepOfScenarioSchema>;
export const returnScenarioSchema = stepOfScenarioSchema.extend({ note: note(500, 1) });

/** What a new scenario needs; its nodes come afterwards. */
export const newScenarioSchema = createScenarioSchema.omit({ content: true });

/** The form of the editor; the nodes themselves are read by rules/scenario-form. */
export const scenarioFormSchema = saveScenarioSchema.omit({ content: true }).extend({
  /** `save`, or an act of rules/scenario-form. */
  act: z.string().max(60).default("save"),
});
export const restoreScenarioSchema = z.object({ scenarioId, revision: z.coerce.number().int().min(2) });
