// What changed from one text to another: lines side by side, and the words in them. Pure.
import { diffArrays, diffWordsWithSpace } from "diff";
import { sentText } from "@/lib/templates/rules/counting";

export type WordPart = { text: string; changed: boolean };
export type LineChange =
  | { kind: "same"; number: number; text: string }
  | { kind: "removed" | "added"; number: number; parts: WordPart[] };

/** Lines of `before` and `after` in reading order; a changed line comes as its old and its new form, with the words that differ. */
export function noticeDifference(before: string, after: string): LineChange[] {
  const [old, young] = [sentText(before).split("\n"), sentText(after).split("\n")];
  const changes: LineChange[] = [];
  let [left, right] = [0, 0];
  const parts = diffArrays(old, young);
  for (let at = 0; at < parts.length; at += 1) {
    const part = parts[at];
    if (!part) continue;
    if (!part.added && !part.removed) {
      for (const text of part.value) {
        left += 1;
        right += 1;
        changes.push({ kind: "same", number: right, text });
      }
      continue;
    }
    const next = parts[at + 1];
    const removed = part.removed ? part.value : [];
    const added = part.added ? part.value : next?.added ? next.value : [];
    if (part.removed && next?.added) at += 1;
    for (let line = 0; line < Math.max(removed.length, added.length); line += 1) {
      const [was, is] = [removed[line], added[line]];
      const words = was !== undefined && is !== undefined ? diffWordsWithSpace(was, is) : null;
      if (was !== undefined) {
        left += 1;
        const kept = words
          ?.filter(({ added: young }) => !young)
          .map(({ value, removed: gone }) => ({ text: value, changed: gone }));
        changes.push({ kind: "removed", number: left, parts: kept ?? [{ text: was, changed: true }] });
      }
      if (is !== undefined) {
        right += 1;
        const kept = words
          ?.filter(({ removed: gone }) => !gone)
          .map(({ value, added: young }) => ({ text: value, changed: young }));
        changes.push({ kind: "added", number: right, parts: kept ?? [{ text: is, changed: true }] });
      }
    }
  }
  return changes;
}
