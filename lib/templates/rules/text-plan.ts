// What would come of a list of texts that came back from a translator or a lawyer: line by line, beside what the templates say now.
import { Refused } from "@/lib/errors";
import { type TemplateContent, templateContentSchema } from "../schema/content";
import type { TextList } from "../schema/transfer";
import { sentText } from "./counting";
import { withValue } from "./editor-form";
import { textHash } from "./text-list";
import { textsOf } from "./texts";

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Lines of one list: 500 templates of twenty texts. */
export const mostTextLines = 10_000;

/**
 * Lines of a list that was handed out (rules/text-list): template, name, path, hash, original, text. A line without a template's number is
 * its head, or a remark.
 * @throws Refused beside `file` when no line is one of ours
 */
export function readTextList(lines: readonly { line: number; cells: string[] }[]): TextList {
  const rows = lines.flatMap(({ line, cells: [templateId = "", _name, path = "", hash = "", _original, text = ""] }) =>
    uuid.test(templateId) ? [{ line, templateId, path, hash, text: sentText(text) }] : [],
  );
  if (rows.length === 0) throw new Refused("templates.transfer.refused.texts", "file");
  return { kind: "texts", rows };
}

/** `stale`: the original was changed meanwhile. `gone`: no text stands there. `unfit`: no message may say it (empty, too long for any). */
export type TextLineState = "change" | "stale" | "gone" | "unfit";
export type TextLine = { line: number; path: string; before: string; after: string; state: TextLineState };

export type TextPlan = {
  templateId: string;
  /** Null: no such template here. */
  name: string | null;
  /** Why nothing of it is taken: it is with an approver, or in the archive. */
  locked: boolean;
  /** Lines that are not the same as what the template says. */
  lines: TextLine[];
  /** What it would say; null when nothing would change. */
  content: TemplateContent | null;
};

/** One entry for each template of which at least one line differs, in the order of the list. */
export function textPlans(
  { rows }: TextList,
  here: ReadonlyMap<string, { name: string; mayEdit: boolean; content: TemplateContent }>,
): TextPlan[] {
  const byTemplate = new Map<string, TextList["rows"]>();
  for (const row of rows) byTemplate.set(row.templateId, [...(byTemplate.get(row.templateId) ?? []), row]);
  return [...byTemplate].flatMap(([templateId, own]) => {
    const found = here.get(templateId);
    const plan = { templateId, name: found?.name ?? null, locked: found !== undefined && !found.mayEdit };
    if (!found) return [{ ...plan, lines: own.map((row) => outcome(row, "", "gone")), content: null }];
    const said = new Map(
      textsOf(found.content).flatMap(({ path, text, what }) => (what === "words" ? [[path, text]] : [])),
    );
    let content = found.content;
    const lines = own.flatMap((row): TextLine[] => {
      const before = said.get(row.path);
      if (before === undefined) return [outcome(row, "", "gone")];
      if (sentText(before).trim() === row.text.trim()) return [];
      if (textHash(before) !== row.hash) return [outcome(row, before, "stale")];
      const changed = templateContentSchema.safeParse(withValue(content, row.path, row.text));
      if (!changed.success || row.text === "") return [outcome(row, before, "unfit")];
      content = changed.data;
      return [outcome(row, before, "change")];
    });
    return lines.length === 0 ? [] : [{ ...plan, lines, content: content === found.content ? null : content }];
  });
}

const outcome = ({ line, path, text }: TextList["rows"][number], before: string, state: TextLineState): TextLine => ({
  ...{ line, path, before, after: text, state },
});

/** Whether something of it may be taken. */
export const isTakeable = ({ locked, content }: TextPlan): boolean => !locked && content !== null;
