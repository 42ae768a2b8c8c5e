"use client";

import { type SubmitEvent, startTransition, useActionState, useEffect, useMemo, useState } from "react";
import { Callout } from "@/components/ui/callout";
import type { FormAction } from "@/lib/action";
import type { Day } from "@/lib/clock";
import { editContent } from "@/lib/templates/rules/editor";
import { formEntries, withValue } from "@/lib/templates/rules/editor-form";
import type { View } from "@/lib/templates/rules/fill";
import { judge } from "@/lib/templates/rules/judge";
import { type ConsentCover, personalDataFindings } from "@/lib/templates/rules/personal-data";
import type { Finding } from "@/lib/templates/rules/report";
import { wordingFindings } from "@/lib/templates/rules/wording";
import type { MessageType, TemplateContent } from "@/lib/templates/schema/content";
import type { EditorAnswer, OtherDraft } from "@/lib/templates/schema/editor";
import type { WordRule } from "@/lib/templates/schema/word-rule";
import { ConflictPanel } from "./editor-conflict";
import { type Editor, EditorContext, type LibraryFile } from "./editor-context";
import { EditorPlaces } from "./editor-places";
import { EditorPreview } from "./editor-preview";
import { type EditorWords, fieldId, say } from "./editor-say";
import { FindingSummary } from "./editor-summary";
import { TypeChange } from "./editor-type";
import { useAutosave } from "./use-autosave";

export type CompanyRules = {
  rules: readonly WordRule[];
  forms: readonly ConsentCover[];
  tags: readonly string[];
  channelId: string | null;
  on: Day;
};

/**
 * The editor of a message: fields of its type, what is wrong beside them, and the bubble as its reader gets it. A form like any other
 * without script; with it, it judges and shows as one types and saves by itself.
 */
export function TemplateEditor({
  action,
  templateId,
  saved,
  words,
  library,
  company,
  view,
  askedType,
}: {
  action: FormAction;
  templateId: string;
  saved: { revision: number; content: TemplateContent };
  words: EditorWords;
  library: readonly LibraryFile[];
  /** The company's own rules of words, and where consents are asked. */
  company: CompanyRules;
  view: View;
  askedType: MessageType | null;
}) {
  const [answer, send, pending] = useActionState(action, {});
  const sentBack = answer.found?.[0];
  const told = useMemo(
    () => (typeof sentBack === "string" ? (JSON.parse(sentBack) as EditorAnswer) : undefined),
    [sentBack],
  );
  const sent = told?.kind === "conflict" ? told.mine : told?.kind === "asked" ? told.content : null;
  const [content, setContent] = useState(sent ?? saved.content);
  const [other, setOther] = useState<OtherDraft | null>(told?.kind === "conflict" ? told.theirs : null);
  const [asked, setAsked] = useState(told?.kind === "asked");
  const [undo, setUndo] = useState<{ content: TemplateContent; text: string } | null>(null);
  const [restored, setRestored] = useState(false);
  const [open, setOpen] = useState(0);
  // Without script nothing saves by itself, and nothing may say so.
  const [awake, setAwake] = useState(false);
  useEffect(() => setAwake(true), []);
  const [shownAct, setShownAct] = useState<unknown>(told);
  if (told !== shownAct) {
    setShownAct(told);
    if (told?.kind === "conflict") setOther(told.theirs);
    if (told?.kind === "asked") setAsked(true);
  }
  const save = useAutosave({
    ...{ templateId, content },
    first: told?.kind === "asked" ? { revision: told.revision, content: told.content } : saved,
    onConflict: (theirs) => setOther(theirs),
    onRestore: (kept) => {
      setContent(kept);
      setRestored(true);
    },
  });

  const media = useMemo(() => new Map(library.map(({ id, facts }) => [id, facts])), [library]);
  const report = useMemo(() => {
    const { findings, counts } = judge(content, { media });
    const words = wordingFindings(content, company.rules, company);
    const own = [...findings, ...words, ...personalDataFindings(content, company)];
    // What only the server knows, such as codes of places, stands until the message is another one.
    const known = new Set(own.map(({ path, rule }) => `${path} ${rule}`));
    const sameAsAsked = told?.kind === "asked" && JSON.stringify(told.content) === JSON.stringify(content);
    const more = sameAsAsked ? told.findings.filter(({ path, rule }) => !known.has(`${path} ${rule}`)) : [];
    return { findings: [...own, ...more], counts };
  }, [content, media, company, told]);
  const findings = useMemo(() => {
    const byPath = new Map<string, Finding[]>();
    for (const one of report.findings) byPath.set(one.path, [...(byPath.get(one.path) ?? []), one]);
    return byPath;
  }, [report]);
  const counts = useMemo(() => new Map(report.counts.map((one) => [one.path, one])), [report]);
  const editor: Editor = {
    ...{ content, words, library, findings, counts, asked, awake },
    write: (path, value) => setContent((before) => withValue(before, path, value)),
    act: (act, what) => {
      const made = editContent(content, act);
      if (!made) return;
      if (what !== undefined && !/^(up|down)\./.test(act)) {
        const text = act.startsWith("type.") ? words.editor.changed : words.editor.removed;
        setUndo(act.startsWith("set.") ? null : { content, text: say(text, { what }) });
      }
      setContent(made);
      if (act === "add.items") setOpen(made.items.length - 1);
    },
  };

  const goTo = (path: string) => {
    const item = /^items\.(\d+)/.exec(path);
    if (item) setOpen(Number(item[1]));
    requestAnimationFrame(() => focusPlace(path));
  };
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const act = event.nativeEvent.submitter?.getAttribute("value") ?? "save";
    if (act !== "submit") {
      await save.flush();
      return;
    }
    if (report.findings.some(({ severity }) => severity === "error")) {
      setAsked(true);
      requestAnimationFrame(() => document.getElementById("findings")?.focus());
      return;
    }
    if (!(await save.flush())) return;
    const form = new FormData();
    for (const [name, value] of [...formEntries(content), ["templateId", templateId], ["act", "submit"]] as const)
      form.append(name, value);
    form.append("revision", String(save.current()));
    startTransition(() => send(form));
  };
  const choose = (mine: boolean) => {
    if (!other) return;
    save.goOn({ revision: other.number, content: other.content });
    setOther(null);
    if (mine) setContent((before) => ({ ...before }));
    else {
      setUndo({ content, text: words.editor.conflict.mine });
      setContent(other.content);
    }
  };

  return (
    <EditorContext value={editor}>
      <form action={send} onSubmit={submit} noValidate aria-busy={pending} className="template-editor">
        <input type="hidden" name="templateId" value={templateId} />
        <input type="hidden" name="revision" value={other?.number ?? save.revision} />
        <input type="hidden" name="type" value={content.type} />
        {/* What Enter presses. */}
        <button type="submit" name="act" value="save" className="sr-only" tabIndex={-1} aria-hidden="true" />
        <div className="min-w-0">
          {answer.message && !other ? (
            <Callout kind="bad" role="alert">
              {answer.message}
            </Callout>
          ) : null}
          {other ? (
            <ConflictPanel
              {...{ mine: content, theirs: other, words }}
              onMine={() => choose(true)}
              onTheirs={() => choose(false)}
            />
          ) : null}
          <FindingSummary {...{ findings: report.findings, type: content.type, words, asked, onGo: goTo }} />
          <p className="mb-3 flex min-h-6 flex-wrap items-center gap-2 text-xs text-fg-2" role="status">
            {undo ? (
              <>
                {undo.text}
                <button
                  type="button"
                  className="btn sm"
                  onClick={() => {
                    setContent(undo.content);
                    setUndo(null);
                  }}
                >
                  {words.editor.undo}
                </button>
              </>
            ) : null}
            {restored ? words.editor.state.restored : null}
            <a className="ml-auto hidden max-[1079px]:inline" href="#preview">
              {words.editor.preview}
            </a>
          </p>
          <TypeChange asked={askedType} />
          <EditorPlaces open={open} onOpen={setOpen} />
          <p className="hint">{words.editor.counting}</p>
          <div className="form-foot">
            <button type="submit" name="act" value="submit" className="btn primary" disabled={pending}>
              {words.editor.submit}
            </button>
            <button type="submit" name="act" value="save" className="btn" disabled={pending}>
              {words.editor.save}
            </button>
            <span className="text-xs text-fg-2" role="status" data-save={awake ? save.state : undefined}>
              {awake ? words.editor.state[save.state] : ""}
            </span>
          </div>
        </div>
        <EditorPreview {...{ content, media, words, first: view }} />
      </form>
    </EditorContext>
  );
}

function focusPlace(path: string) {
  for (let at = path; at !== ""; at = at.slice(0, Math.max(0, at.lastIndexOf(".")))) {
    const place =
      document.getElementById(fieldId(at)) ??
      document.getElementById(fieldId(`${at}.mediaId`)) ??
      document.getElementById(fieldId(`${at}.title`));
    if (place) {
      place.focus();
      return;
    }
  }
}
