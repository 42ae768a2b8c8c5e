"use client";

import { type ReactNode, useActionState, useEffect, useId, useRef } from "react";
import { Callout } from "@/components/ui/callout";
import type { FormAction, FormState } from "@/lib/action";
import { FormContext } from "./form-context";

const untouched: FormState = {};

/**
 * A form around a server action made by formAction. Sent without script it comes back as a page, with script in place: refusals beside
 * their fields, a summary on top with links to them, the first one focused, the typed text kept.
 */
export function ActionForm({
  action,
  children,
  summary,
  working,
  fields = {},
  className,
}: {
  action: FormAction;
  children: ReactNode;
  /** Above the fields when something is refused: `t("errors.summary")` of the server, or any sentence. */
  summary: string;
  /** Read out while it is being sent. */
  working: string;
  /** The labels of the fields by name, for the links of the summary. */
  fields?: Readonly<Record<string, string>>;
  className?: string;
}) {
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const [state, send, pending] = useActionState(action, untouched);
  const refused = Object.entries(state.errors ?? {});
  useEffect(() => {
    if (state.errors) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [state]);
  return (
    <FormContext value={{ id, state, pending }}>
      <form ref={form} action={send} className={className} noValidate aria-busy={pending}>
        {refused.length > 0 || state.message ? (
          <Callout kind="bad" role="alert" title={state.message ?? summary}>
            {refused.length > 0 ? (
              <ul>
                {refused.map(([name, text]) => (
                  <li key={name} className="inline-block w-full">
                    {fields[name] ? <a href={`#${id}-${name}`}>{fields[name]}</a> : null} {text}
                  </li>
                ))}
              </ul>
            ) : null}
          </Callout>
        ) : null}
        {state.ok ? (
          <Callout kind="ok" role="status">
            {state.ok}
          </Callout>
        ) : null}
        {children}
        <p className="sr-only" role="status">
          {pending ? working : ""}
        </p>
      </form>
    </FormContext>
  );
}
