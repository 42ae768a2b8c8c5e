import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { Checkbox, SelectField, TextField } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import { TextArea } from "@/components/form/text-area";
import { Section } from "@/components/ui/section";
import type { FormAction } from "@/lib/action";
import { labelOf } from "@/lib/rehearsal/rules/draw-scenario";
import { nodeKinds, stretchesOf, week } from "@/lib/rehearsal/rules/scenario-form";
import type { Scenario, ScenarioNode } from "@/lib/rehearsal/schema/scenario";
import type { ScenarioView } from "@/lib/rehearsal/schema/view";

type Choice = { value: string; label: string };

/** Every node with its fields, one under another. Each act saves what stands in the form; the save before it can be brought back. */
export function ScenarioEditor({
  scenario,
  templates,
  saveAction,
  undoAction,
}: {
  scenario: ScenarioView;
  templates: readonly { id: string; name: string }[];
  saveAction: FormAction;
  undoAction: FormAction;
}) {
  const t = useTranslations("rehearsal");
  const f = useTranslations("form");
  const { id, name, revision, content } = scenario;
  const ways = content.nodes.map((node) => ({
    value: node.id,
    label: labelOf(node, scenario.templates) || t(`kind.${node.kind}`),
  }));
  return (
    <>
      {revision > 1 ? (
        <ActionForm action={undoAction} summary={t("undo")} working={f("working")} className="mb-4">
          <input type="hidden" name="scenarioId" value={id} />
          <input type="hidden" name="revision" value={revision} />
          <SubmitButton size="sm" variant="ghost">
            {t("undo")}
          </SubmitButton>
        </ActionForm>
      ) : null}
      <ActionForm action={saveAction} summary={t("check")} working={f("working")} fields={useFieldNames(content)}>
        {/* What Enter presses. */}
        <button type="submit" name="act" value="save" className="sr-only" tabIndex={-1} aria-hidden="true" />
        <input type="hidden" name="scenarioId" value={id} />
        <input type="hidden" name="revision" value={revision} />
        <TextField name="name" label={t("field.name")} defaultValue={name} maxLength={80} />
        {content.nodes.map((node, at) => (
          <NodeFields
            key={node.id}
            node={node}
            at={at}
            of={content.nodes.length}
            first={node.id === content.start}
            ways={ways}
            templates={templates.map((one) => ({ value: one.id, label: one.name }))}
          />
        ))}
        <p className="mb-6 flex flex-wrap gap-2">
          {nodeKinds.map((kind) => (
            <SubmitButton key={kind} size="sm" variant="default" name="act" value={`add.${kind}`}>
              {t("add", { kind: t(`kind.${kind}`) })}
            </SubmitButton>
          ))}
        </p>
        <Hours hours={content.hours} />
        <TextArea
          name="notUnderstood"
          label={t("field.notUnderstood")}
          hint={t("hint.notUnderstood")}
          optional={f("optional")}
          limit={1_000}
          defaultValue={content.notUnderstood}
        />
        <div className="form-foot scenario-foot">
          <SubmitButton name="act" value="save">
            {t("save")}
          </SubmitButton>
        </div>
      </ActionForm>
    </>
  );
}

/** What fields are called where one of them is refused: those of nodes with the node's place before them. */
function useFieldNames({ nodes }: Scenario): Record<string, string> {
  const t = useTranslations("rehearsal");
  const names = nodes.flatMap((node, at) => {
    const place = `${at + 1}. ${t(`kind.${node.kind}`)}`;
    const own = [
      [`node.${node.id}.name`, `${place} · ${t("field.nodeName")}`],
      [`node.${node.id}.text`, `${place} · ${t("field.text")}`],
    ];
    if (node.kind !== "menu") return own;
    const choices = node.choices.flatMap((_choice, number) =>
      (["label", "keywords"] as const).map((field) => [
        `node.${node.id}.choice.${number}.${field}`,
        `${place} · ${t("choice", { number: number + 1 })} · ${t(`field.${field}`)}`,
      ]),
    );
    return [...own, ...choices];
  });
  const days = week.map((day) => [`hours.${day}`, t(`day.${day}`)]);
  const rest = [
    ["name", t("field.name")],
    ["notUnderstood", t("field.notUnderstood")],
  ];
  return Object.fromEntries([...rest, ...names, ...days]);
}

function NodeFields({
  node,
  at,
  of,
  first,
  ways,
  templates,
}: {
  node: ScenarioNode;
  at: number;
  of: number;
  first: boolean;
  ways: readonly Choice[];
  templates: readonly Choice[];
}) {
  const t = useTranslations("rehearsal");
  const f = useTranslations("form");
  const kind = t(`kind.${node.kind}`);
  const field = (name: string) => `node.${node.id}.${name}`;
  const others = ways.filter(({ value }) => value !== node.id);
  return (
    <fieldset id={`node-${node.id}`} className="scenario-node mb-6">
      <legend className="mb-2 flex flex-wrap items-center gap-2">
        <b>
          {at + 1}. {kind}
        </b>
        {first ? <span className="text-xs text-fg-3">{t("start")}</span> : null}
      </legend>
      <TextField
        name={field("name")}
        label={t("field.nodeName")}
        optional={f("optional")}
        defaultValue={node.name}
        maxLength={40}
      />
      {"text" in node ? (
        <TextArea name={field("text")} label={t("field.text")} limit={1_000} rows={3} defaultValue={node.text} />
      ) : null}
      {node.kind === "answer" ? (
        <div className="scenario-row">
          <SelectField
            name={field("templateId")}
            label={t("field.template")}
            empty={t("field.noTemplate")}
            optional={f("optional")}
            options={templates}
            defaultValue={node.templateId ?? ""}
          />
          <SelectField
            name={field("next")}
            label={t("field.next")}
            empty={t("field.noNext")}
            options={others}
            defaultValue={node.next ?? ""}
          />
        </div>
      ) : null}
      {node.kind === "hours" ? (
        <div className="scenario-row">
          <SelectField name={field("open")} label={t("way.open")} options={others} defaultValue={node.open} />
          <SelectField name={field("closed")} label={t("way.closed")} options={others} defaultValue={node.closed} />
        </div>
      ) : null}
      {node.kind === "menu" ? <Choices node={node} at={at} ways={ways} /> : null}
      <p className="flex flex-wrap gap-2">
        {at > 0 ? <Act act={`up.${at}`}>{t("up", { at: at + 1, kind })}</Act> : null}
        {at < of - 1 ? <Act act={`down.${at}`}>{t("down", { at: at + 1, kind })}</Act> : null}
        {first ? null : <Act act={`start.${at}`}>{t("makeStart", { at: at + 1, kind })}</Act>}
        {of > 1 ? <Act act={`remove.${at}`}>{t("remove", { at: at + 1, kind })}</Act> : null}
      </p>
    </fieldset>
  );
}

function Choices({ node, at, ways }: { node: ScenarioNode & { kind: "menu" }; at: number; ways: readonly Choice[] }) {
  const t = useTranslations("rehearsal");
  const f = useTranslations("form");
  return (
    <>
      {node.choices.length > 0 ? <p className="mb-2 text-xs text-fg-3">{t("hint.keywords")}</p> : null}
      {node.choices.map((choice, place) => {
        const field = (name: string) => `node.${node.id}.choice.${place}.${name}`;
        return (
          <fieldset key={field("label")} className="mb-3 border-l border-line pl-3">
            <legend className="text-sm text-fg-2">{t("choice", { number: place + 1 })}</legend>
            <div className="scenario-row">
              <TextField name={field("label")} label={t("field.label")} defaultValue={choice.label} maxLength={50} />
              <TextField
                name={field("keywords")}
                label={t("field.keywords")}
                optional={f("optional")}
                defaultValue={choice.keywords.join(", ")}
              />
              <SelectField name={field("to")} label={t("field.to")} options={ways} defaultValue={choice.to} />
            </div>
            <Act act={`unchoice.${at}.${place}`}>{t("removeChoice", { number: place + 1 })}</Act>
          </fieldset>
        );
      })}
      <p className="mb-3">
        <Act act={`choice.${at}`}>{t("addChoice")}</Act>
      </p>
    </>
  );
}

function Act({ act, children }: { act: string; children: string }) {
  return (
    <SubmitButton size="sm" variant="ghost" name="act" value={act}>
      {children}
    </SubmitButton>
  );
}

/** Monday first; a day may have several stretches. */
function Hours({ hours }: { hours: Scenario["hours"] }) {
  const t = useTranslations("rehearsal");
  const f = useTranslations("form");
  return (
    <Section title={t("kind.hours")} note={t("hint.hours")}>
      <div className="scenario-row">
        {week.map((day) => (
          <TextField
            key={day}
            name={`hours.${day}`}
            label={t(`day.${day}`)}
            optional={f("optional")}
            defaultValue={stretchesOf(hours, day)}
            placeholder="09:00-12:00, 13:00-18:00"
            maxLength={60}
          />
        ))}
      </div>
      <Checkbox name="hours.holidays" label={t("field.holidays")} defaultChecked={hours.holidays} />
    </Section>
  );
}
