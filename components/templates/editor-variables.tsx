"use client";

import { type TemplateVariable, variableKinds } from "@/lib/templates/schema/content";
import { byPlace } from "./bubble-parts";
import { useEditor } from "./editor-context";
import { ActButton, ChoicePlace, PlaceActs, TextPlace, TickPlace, useNotes } from "./editor-field";
import { fieldId, say } from "./editor-say";

/** The table of variables: what may stand in their place, and how long it may be. */
export function VariableTable() {
  const { content, words } = useEditor();
  const { editor } = words;
  const { variables } = content;
  const { notes } = useNotes("variables");
  return (
    <section id={fieldId("variables")} tabIndex={-1} className="section" aria-labelledby="editor-variables">
      <header>
        <h2 id="editor-variables">{editor.variables}</h2>
        <span className="note">{say(editor.variablesAbout)}</span>
        <div className="actions">
          <ActButton act="declare">{editor.declare}</ActButton>
        </div>
      </header>
      <input type="hidden" name="variables.length" value={variables.length} />
      {variables.length === 0 ? <p className="hint mb-2">{editor.noVariables}</p> : null}
      {byPlace(variables).map(({ key, at, one }) => (
        <VariableRow key={key} at={at} of={variables.length} variable={one} />
      ))}
      {notes}
      <ActButton act="add.variables" icon="plus">
        {editor.add.variables}
      </ActButton>
    </section>
  );
}

function VariableRow({ at, of, variable }: { at: number; of: number; variable: TemplateVariable }) {
  const { words, write, findings } = useEditor();
  const { editor } = words;
  const path = `variables.${at}`;
  const what = variable.name === "" ? say(editor.variable, { at: at + 1 }) : variable.name;
  const { notes } = useNotes(path);
  const longSamples = [...findings.keys()].filter((one) => one.startsWith(`${path}.samples.`));
  return (
    <fieldset id={fieldId(path)} tabIndex={-1} className="editor-part">
      <legend className="sr-only">{what}</legend>
      <div className="editor-row">
        <div className="w-36 max-desk:w-full">
          <TextPlace path={`${path}.name`} label={editor.field.name} value={variable.name} />
          <ChoicePlace
            path={`${path}.kind`}
            label={editor.field.kind}
            value={variable.kind}
            options={variableKinds.map((kind) => [kind, editor.kind[kind]] as const)}
          />
        </div>
        <div className="min-w-0 flex-1 max-desk:basis-full">
          <TextPlace path={`${path}.longest`} label={editor.field.longest} value={variable.longest} />
          <LengthPlace path={`${path}.max`} value={variable.max} />
        </div>
        <div className="min-w-0 flex-1 max-desk:basis-full">
          <div className="field max-w-none">
            <div className="top-line">
              <label className="label" htmlFor={fieldId(`${path}.samples`)}>
                {editor.field.samples}
              </label>
            </div>
            <textarea
              id={fieldId(`${path}.samples`)}
              name={`${path}.samples`}
              className="input"
              rows={3}
              lang="ko"
              value={variable.samples.join("\n")}
              onChange={(event) => {
                const typed = event.currentTarget.value;
                write(`${path}.samples`, typed === "" ? [] : typed.split("\n"));
              }}
              aria-describedby={`${fieldId(`${path}.samples`)}-hint`}
            />
            <SampleNotes paths={[`${path}.samples`, ...longSamples]} />
            <p className="hint" id={`${fieldId(`${path}.samples`)}-hint`}>
              {editor.samplesHint}
            </p>
          </div>
          <TickPlace path={`${path}.closed`} label={editor.field.closed} value={variable.closed} />
        </div>
        <PlaceActs list="variables" at={at} of={of} what={what} />
      </div>
      {notes}
    </fieldset>
  );
}

function SampleNotes({ paths }: { paths: readonly string[] }) {
  return paths.map((path) => <Notes key={path} path={path} />);
}

function Notes({ path }: { path: string }) {
  return <div id={fieldId(`${path}-all`)}>{useNotes(path).notes}</div>;
}

function LengthPlace({ path, value }: { path: string; value: number | null }) {
  const { words, write } = useEditor();
  const { described, bad, notes } = useNotes(path);
  return (
    <div className="field max-w-none">
      <div className="top-line">
        <label className="label" htmlFor={fieldId(path)}>
          {words.editor.field.max}
        </label>
      </div>
      <input
        type="text"
        inputMode="numeric"
        id={fieldId(path)}
        name={path}
        className="input"
        value={value ?? ""}
        onChange={(event) => {
          const digits = event.currentTarget.value.replace(/\D/g, "").slice(0, 4);
          write(path, digits === "" ? null : Math.min(5_000, Number(digits)));
        }}
        aria-invalid={bad ? true : undefined}
        aria-describedby={described}
      />
      {notes}
    </div>
  );
}
