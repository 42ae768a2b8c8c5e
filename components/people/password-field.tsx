"use client";

import { type ReactNode, useState } from "react";
import { useField } from "@/components/form/form-context";

/** A password with an eye beside it. Finished words and icons come from the server; without script it is a plain field. */
export function PasswordField({
  name,
  label,
  hint,
  beside,
  autoComplete,
  show,
  hide,
  eye,
}: {
  name: string;
  label: string;
  hint?: ReactNode;
  beside?: ReactNode;
  autoComplete: "current-password" | "new-password";
  show: string;
  hide: string;
  eye: ReactNode;
}) {
  const field = useField(name);
  const [shown, setShown] = useState(false);
  const described = [field.error && field.errorId, hint && field.hintId].filter(Boolean).join(" ");
  return (
    <div className="field">
      <div className="top-line">
        <label className="label" htmlFor={field.id}>
          {label}
        </label>
        {beside ? <span className="beside">{beside}</span> : null}
      </div>
      <div className="relative">
        <input
          id={field.id}
          name={name}
          type={shown ? "text" : "password"}
          className="input pr-10"
          required
          autoComplete={autoComplete}
          autoCapitalize="none"
          spellCheck={false}
          aria-invalid={field.error ? true : undefined}
          aria-describedby={described || undefined}
        />
        <button
          type="button"
          className="btn ghost sm square absolute inset-y-0 right-1 my-auto"
          aria-label={shown ? hide : show}
          aria-pressed={shown}
          onClick={() => setShown(!shown)}
        >
          {eye}
        </button>
      </div>
      {field.error ? (
        <p className="hint error" id={field.errorId}>
          {field.error}
        </p>
      ) : null}
      {hint ? (
        <p className="hint" id={field.hintId}>
          {hint}
        </p>
      ) : null}
    </div>
  );
}
