import { ActionForm } from "@/components/form/action-form";
import { TextField } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import type { FormAction } from "@/lib/action";

/** A line to type and to send. */
export function SayForm({
  action,
  rehearsalId,
  name,
  words,
}: {
  action: FormAction;
  rehearsalId: string;
  name: "text" | "words";
  words: { label: string; send: string; check: string; working: string; hint?: string };
}) {
  const { label, send, check, working, hint } = words;
  return (
    <ActionForm action={action} summary={check} working={working} fields={{ [name]: label }} className="rehearse-say">
      <input type="hidden" name="rehearsalId" value={rehearsalId} />
      <TextField name={name} label={label} maxLength={1_000} {...(hint ? { hint } : {})} />
      <SubmitButton size="sm">{send}</SubmitButton>
    </ActionForm>
  );
}
