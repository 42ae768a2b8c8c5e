"use client";

import { type ReactNode, useContext } from "react";
import { type ButtonLook, buttonClass } from "@/components/ui/button-class";
import { FormContext } from "./form-context";

/** Sends the form; shut while it is on its way. `name` and `value` say which button was pressed. */
export function SubmitButton({
  children,
  variant = "primary",
  size,
  full,
  icon,
  disabled,
  describedBy,
  name,
  value,
}: ButtonLook & {
  children: ReactNode;
  disabled?: boolean;
  /** The id of the sentence that says why it is shut. */
  describedBy?: string;
  name?: string;
  value?: string;
}) {
  const pending = useContext(FormContext)?.pending ?? false;
  return (
    <button
      type="submit"
      className={buttonClass({ variant, size, full })}
      disabled={disabled || pending}
      aria-describedby={describedBy}
      name={name}
      value={value}
    >
      {icon}
      {children}
    </button>
  );
}
