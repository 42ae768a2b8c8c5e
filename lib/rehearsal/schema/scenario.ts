// The auto-reply scenario (guide 2, STEP 3): what a robot says before an agent is needed. Plain data: a graph of nodes with a start.
import { z } from "zod";
import { line, note } from "@/lib/text";

const nodeId = z.string().regex(/^[a-z0-9]{1,12}$/);

/** A choice of a menu: its button, and words that mean the same when somebody types them. */
export const choiceSchema = z.object({
  label: line(50),
  keywords: z.array(line(30, 1)).max(20).default([]),
  to: nodeId,
});

const head = { id: nodeId, name: line(40).default("") };
export const nodeSchema = z.discriminatedUnion("kind", [
  /** Says its text with a button for each choice, and waits. */
  z.object({ ...head, kind: z.literal("menu"), text: note(1_000), choices: z.array(choiceSchema).max(20).default([]) }),
  /** Says a text, or sends an approved template; goes on to `next`, or waits at the menu it came from. */
  z.object({
    ...{ ...head, kind: z.literal("answer"), text: note(1_000).default("") },
    ...{ templateId: z.uuid().nullable().default(null), next: nodeId.nullable().default(null) },
  }),
  /** Goes one way within consult hours, and another outside them and on holidays. Says nothing. */
  z.object({ ...head, kind: z.literal("hours"), open: nodeId, closed: nodeId }),
  /** Hands over to a person; the robot is silent from then on. */
  z.object({ ...head, kind: z.literal("agent"), text: note(1_000).default("") }),
  /** Says goodbye and ends the consult. */
  z.object({ ...head, kind: z.literal("end"), text: note(1_000).default("") }),
]);
export type ScenarioNode = z.output<typeof nodeSchema>;

/** When people are there: by day of the week from 0 (Sunday), minutes of the day from midnight KST. Holidays are closed unless `holidays`. */
export const hoursSchema = z.object({
  days: z
    .array(
      z.object({
        ...{ day: z.number().int().min(0).max(6), from: z.number().int().min(0).max(1_440) },
        to: z.number().int().min(0).max(1_440),
      }),
    )
    .max(21),
  holidays: z.boolean().default(false),
});
export type ConsultHoursTable = z.output<typeof hoursSchema>;

export const scenarioSchema = z.object({
  start: nodeId,
  nodes: z.array(nodeSchema).min(1).max(200),
  hours: hoursSchema,
  /** What is said when nobody understands what was typed; the menu is said again after it. */
  notUnderstood: note(1_000).default(""),
});
export type Scenario = z.output<typeof scenarioSchema>;

/** A scenario as a file: `lib/rehearsal/scenario.schema.json` says the same for other programs. */
export const scenarioFileSchema = z
  .object({ format: z.literal("damso-scenario"), version: z.literal(1), name: line(80), scenario: scenarioSchema })
  .describe(
    "An auto-reply scenario (guide 2, STEP 3) as Damso hands it out. Times of day are minutes from midnight, KST.",
  );
export type ScenarioFile = z.output<typeof scenarioFileSchema>;
