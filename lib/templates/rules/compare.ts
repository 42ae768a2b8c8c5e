import type { TemplateContent } from "../schema/content";
import { leavesOf } from "./leaves";

/** One value that is not the same in two versions; "" where it is not there. */
export type Difference = { path: string; before: string; after: string };

/** What differs between two versions, in the order of the newer one, then what only the older one had. */
export function compareContents(before: TemplateContent, after: TemplateContent): Difference[] {
  const old = new Map(leavesOf(before).map(({ path, value }) => [path, value]));
  const now = new Map(leavesOf(after).map(({ path, value }) => [path, value]));
  const paths = [...now.keys(), ...[...old.keys()].filter((path) => !now.has(path))];
  return paths
    .map((path) => ({ path, before: old.get(path) ?? "", after: now.get(path) ?? "" }))
    .filter((one) => one.before !== one.after);
}
