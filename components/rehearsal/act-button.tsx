import type { ComponentProps } from "react";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import type { FormAction } from "@/lib/action";

/** One act of a rehearsal: a button that is a form of its own. */
export function ActButton({
  action,
  rehearsalId,
  given = {},
  working,
  ...button
}: {
  action: FormAction;
  rehearsalId: string;
  /** What is sent along, by name. */
  given?: Readonly<Record<string, string>>;
  working: string;
} & Pick<ComponentProps<typeof SubmitButton>, "children" | "variant" | "size">) {
  return (
    <ActionForm action={action} summary={working} working={working} className="inline-grid">
      <input type="hidden" name="rehearsalId" value={rehearsalId} />
      {Object.entries(given).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <SubmitButton variant="default" size="sm" {...button} />
    </ActionForm>
  );
}
