"use client";

import { type ReactNode, useEffect, useRef, useState } from "react";
import { TextField } from "./field";
import { SubmitButton } from "./submit-button";

/** A typed phrase above the act, which stays shut until it is there as it stands. Without script the act is open and the action alone looks. */
export function PhraseAct({
  phrase,
  label,
  foot,
  submit,
  variant,
}: {
  phrase: string;
  label: string;
  /** Left of the act. */
  foot: ReactNode;
  submit: ReactNode;
  variant: "primary" | "danger";
}) {
  const field = useRef<HTMLInputElement>(null);
  const [shut, setShut] = useState(false);
  const look = () => setShut(field.current?.value.normalize("NFC").trim() !== phrase);
  useEffect(look);
  return (
    <>
      <TextField ref={field} name="phrase" label={label} autoComplete="off" onInput={look} />
      <div className="dialog-foot">
        {foot}
        <SubmitButton variant={variant} disabled={shut}>
          {submit}
        </SubmitButton>
      </div>
    </>
  );
}
