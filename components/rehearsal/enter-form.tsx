"use client";

import { useContext } from "react";
import { ActionForm } from "@/components/form/action-form";
import { SelectField } from "@/components/form/field";
import { FormContext } from "@/components/form/form-context";
import { SubmitButton } from "@/components/form/submit-button";
import type { FormAction } from "@/lib/action";

type Words = Readonly<
  Record<
    | ("place" | "choose" | "working" | "check" | "button" | "qr" | "pc" | "message" | "search" | "pcAsk")
    | ("pcLogin" | "pcQr" | "qrOf"),
    string
  >
>;

/** Ways into the room. A PC asks for a login or a scan before it goes on. */
export function EnterForm({
  action,
  rehearsalId,
  places,
  words,
}: {
  action: FormAction;
  rehearsalId: string;
  places: readonly { value: string; label: string }[];
  words: Words;
}) {
  return (
    <ActionForm action={action} summary={words.check} working={words.working} fields={{ placementId: words.place }}>
      <input type="hidden" name="rehearsalId" value={rehearsalId} />
      {places.length > 0 ? (
        <SelectField name="placementId" label={words.place} options={places} empty={words.choose} required={false} />
      ) : null}
      <div className="flex flex-wrap gap-2">
        {(["button", "qr", "pc", "message", "search"] as const).map((entry) => (
          <SubmitButton key={entry} name="entry" value={entry} variant="default" size="sm">
            {words[entry]}
          </SubmitButton>
        ))}
      </div>
      <OnPc words={words} />
    </ActionForm>
  );
}

/** What a PC shows before the room opens (guide 2 STEP 2). */
function OnPc({ words }: { words: Words }) {
  const [found] = (useContext(FormContext)?.state.found ?? []) as readonly { code: string }[];
  if (!found) return null;
  return (
    <section className="rehearse-pc" aria-label={words.pcAsk}>
      <p>{words.pcAsk}</p>
      <svg viewBox="0 0 120 120" width={120} height={120} role="img" aria-label={words.qrOf}>
        <image href={`/b/${found.code}/qr.svg`} width={120} height={120} />
      </svg>
      <div className="flex flex-wrap gap-2">
        <SubmitButton name="entry" value="pc-login" size="sm">
          {words.pcLogin}
        </SubmitButton>
        <SubmitButton name="entry" value="pc-qr" size="sm" variant="default">
          {words.pcQr}
        </SubmitButton>
      </div>
    </section>
  );
}
