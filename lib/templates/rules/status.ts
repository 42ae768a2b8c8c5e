// How a template stands: derived from its versions and steps, never kept (the view template_states says the same).
import { Refused } from "@/lib/errors";

export const templateStates = ["draft", "submitted", "returned", "approved", "used", "retired", "archived"] as const;
export type TemplateState = (typeof templateStates)[number];

export const versionStepKinds = ["submitted", "withdrawn", "approved", "returned", "used", "retired"] as const;
export type TemplateStepKind = (typeof versionStepKinds)[number] | "archived" | "restored";

/** A step as the rules need it; `number` is that of its version, null for the template as a whole. */
export type TemplateStepFact = { kind: TemplateStepKind; number: number | null; personId: string };
export type TemplateVersionFact = { number: number; hash: string };

/** `version`: number of the newest version, null before the first; `inUse`: of the one that is at work, null for none. */
export type TemplateStanding = { state: TemplateState; version: number | null; inUse: number | null };

/** @param hash of the newest draft. @param versions and @param steps oldest first */
export function templateStatus(
  hash: string,
  versions: readonly TemplateVersionFact[],
  steps: readonly TemplateStepFact[],
): TemplateStanding {
  const newest = versions.at(-1) ?? null;
  const put = steps.findLast(({ kind }) => kind === "used" || kind === "retired");
  const inUse = put?.kind === "used" ? put.number : null;
  const standing = { version: newest?.number ?? null, inUse };
  if (steps.findLast(({ number }) => number === null)?.kind === "archived") return { ...standing, state: "archived" };
  const last = newest && newest.hash === hash ? steps.findLast(({ number }) => number === newest.number)?.kind : null;
  if (!last || last === "withdrawn" || last === "archived" || last === "restored") {
    return { ...standing, state: "draft" };
  }
  return { ...standing, state: last };
}

/** Which states a step may be taken from. */
const from: Record<Exclude<TemplateStepKind, "retired">, readonly TemplateState[]> = {
  submitted: ["draft"],
  withdrawn: ["submitted"],
  approved: ["submitted"],
  returned: ["submitted"],
  used: ["approved"],
  archived: ["draft", "returned", "approved", "retired"],
  restored: ["archived"],
};

/** Whether a step may be taken now. One that is at work is taken out of use before it is put away. */
export function mayTakeStep({ state, inUse }: TemplateStanding, kind: TemplateStepKind): boolean {
  if (kind === "retired") return inUse !== null && state !== "archived";
  return from[kind].includes(state) && !(kind === "archived" && inUse !== null);
}

/** @throws Refused with the reason in the words of the state that the template has */
export function assertTemplateStep(standing: TemplateStanding, kind: TemplateStepKind): void {
  if (mayTakeStep(standing, kind)) return;
  if (kind === "retired") throw new Refused("templates.template.refused.notInUse");
  if (kind === "archived" && standing.inUse !== null) throw new Refused("templates.template.refused.inUse");
  throw new Refused(`templates.template.refused.${standing.state}`);
}

/** Words are saved unless somebody is deciding on them, or the template was put away. */
export function mayEdit({ state }: TemplateStanding): boolean {
  return state !== "submitted" && state !== "archived";
}

/** @throws Refused */
export function assertMayEdit(standing: TemplateStanding): void {
  if (!mayEdit(standing)) throw new Refused(`templates.template.refused.${standing.state}`);
}

/**
 * Four eyes (product.md): nobody who wrote any draft since the last approved version, nor who asked for the decision, takes it.
 * @param authorIds writers of those drafts. @param submitterIds who submitted the version, at any time
 */
export function mayDecide(personId: string, authorIds: readonly string[], submitterIds: readonly string[]): boolean {
  return !authorIds.includes(personId) && !submitterIds.includes(personId);
}
