// A message as a flat list of its values, each with its path: for comparing, and for saying what a change of type loses.
import type { TemplateContent } from "../schema/content";

export type Leaf = { path: string; value: string };

/** Every value that says something, top to bottom: empty texts, empty lists, `false` and nothing are left out. */
export function leavesOf(content: TemplateContent): Leaf[] {
  const found: Leaf[] = [];
  const walk = (value: unknown, path: string): void => {
    if (value === null || value === undefined || value === "" || value === false) return;
    if (typeof value !== "object") found.push({ path, value: String(value) });
    else for (const [key, one] of Object.entries(value)) walk(one, path === "" ? key : `${path}.${key}`);
  };
  walk(content, "");
  return found;
}
