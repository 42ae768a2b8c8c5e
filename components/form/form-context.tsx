"use client";

import { createContext, useContext, useId } from "react";
import type { FormState } from "@/lib/action";

/** What a form tells its fields. Outside an ActionForm (uploads, GET forms) there is nothing to tell. */
export const FormContext = createContext<{ id: string; state: FormState; pending: boolean } | null>(null);

/** Error, kept value and ids of one field. */
export function useField(name: string): {
  id: string;
  hintId: string;
  errorId: string;
  error?: string;
  kept?: string | string[];
  pending: boolean;
} {
  const form = useContext(FormContext);
  const own = useId();
  const id = `${form?.id ?? own}-${name}`;
  return {
    id,
    hintId: `${id}-hint`,
    errorId: `${id}-error`,
    error: form?.state.errors?.[name],
    kept: form?.state.values?.[name],
    pending: form?.pending ?? false,
  };
}
