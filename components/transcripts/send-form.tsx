"use client";

import { useContext } from "react";
import { ActionForm } from "@/components/form/action-form";
import { SelectField, TextField } from "@/components/form/field";
import { FormContext } from "@/components/form/form-context";
import { SubmitButton } from "@/components/form/submit-button";
import type { BubbleWords } from "@/components/templates/bubble-parts";
import { MessageBubble } from "@/components/templates/message-bubble";
import type { FormAction } from "@/lib/action";
import type { MediaFacts } from "@/lib/templates/rules/report";
import type { TemplateContent } from "@/lib/templates/schema/content";

type Words = Readonly<
  Record<"summary" | "working" | "name" | "choose" | "preview" | "send" | "shown" | "final", string>
> & { bubble: BubbleWords };

/** Values of a template's variables; then the message as it would go, and the button that sends that very one. */
export function SendForm({
  action,
  order,
  variables,
  media,
  words,
}: {
  action: FormAction;
  order: Readonly<Record<"templateId" | "version", string>> & Readonly<Record<string, string>>;
  /** `samples`: the only values there may be; empty: any. */
  variables: readonly { name: string; samples: readonly string[]; example: string }[];
  media: ReadonlyMap<string, MediaFacts>;
  words: Words;
}) {
  const fields = Object.fromEntries(variables.map(({ name }, at) => [`value.${at}`, name]));
  return (
    <ActionForm action={action} summary={words.summary} working={words.working} fields={fields} className="mb-8">
      {Object.entries(order).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {variables.map(({ name, samples, example }, at) =>
        samples.length > 0 ? (
          <SelectField
            key={name}
            name={`value.${at}`}
            label={name}
            empty={words.choose}
            options={samples.map((one) => ({ value: one, label: one }))}
          />
        ) : (
          <TextField key={name} name={`value.${at}`} label={name} placeholder={example} />
        ),
      )}
      <SubmitButton name="act" value="preview" variant="default">
        {words.preview}
      </SubmitButton>
      <Shown media={media} words={words} />
    </ActionForm>
  );
}

/** What the server judged and would send. */
function Shown({ media, words }: { media: ReadonlyMap<string, MediaFacts>; words: Words }) {
  const [found] = (useContext(FormContext)?.state.found ?? []) as readonly { content: TemplateContent; hash: string }[];
  if (!found) return null;
  return (
    <section className="mt-6" aria-label={words.shown}>
      <h2 className="mb-2 text-sm font-medium">{words.shown}</h2>
      <MessageBubble content={found.content} view="source" media={media} words={words.bubble} />
      <input type="hidden" name="seen" value={found.hash} />
      <p className="mt-3 mb-2 text-sm text-fg-2">{words.final}</p>
      <SubmitButton name="act" value="send">
        {words.send}
      </SubmitButton>
    </section>
  );
}
