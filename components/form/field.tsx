"use client";

import type { ComponentProps, ReactNode } from "react";
import { useField } from "./form-context";

export interface FieldWords {
  name: string;
  label: string;
  hint?: ReactNode;
  /** The word beside the label of a field that may stay empty. */
  optional?: string;
  /** Right of the label: a link such as 비밀번호 찾기. */
  beside?: ReactNode;
}

type Own = "name" | "id" | "children" | "aria-invalid" | "aria-describedby";

function describe(field: ReturnType<typeof useField>, hint: ReactNode, more?: string): string | undefined {
  return [field.error && field.errorId, hint && field.hintId, more].filter(Boolean).join(" ") || undefined;
}

/** Label above, control, then hint or error below. */
function Frame({
  field,
  words,
  counter,
  children,
}: {
  field: ReturnType<typeof useField>;
  words: FieldWords;
  counter?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="field">
      <div className="top-line">
        <label className="label" htmlFor={field.id}>
          {words.label}
          {words.optional ? <span className="optional"> ({words.optional})</span> : null}
        </label>
        {counter}
        {words.beside ? <span className="beside">{words.beside}</span> : null}
      </div>
      {children}
      <Notes field={field} hint={words.hint} />
    </div>
  );
}

function Notes({ field, hint }: { field: ReturnType<typeof useField>; hint?: ReactNode }) {
  return (
    <>
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
    </>
  );
}

function text(kept: string | string[] | undefined): string | undefined {
  return Array.isArray(kept) ? kept[0] : kept;
}

export function TextField({
  label,
  hint,
  optional,
  beside,
  name,
  defaultValue,
  className = "input",
  ...input
}: FieldWords & Omit<ComponentProps<"input">, Own>) {
  const field = useField(name);
  return (
    <Frame field={field} words={{ name, label, hint, optional, beside }}>
      <input
        type="text"
        autoComplete="off"
        required={!optional}
        {...input}
        id={field.id}
        name={name}
        className={className}
        defaultValue={text(field.kept) ?? defaultValue}
        aria-invalid={field.error ? true : undefined}
        aria-describedby={describe(field, hint)}
      />
    </Frame>
  );
}

export function SelectField({
  label,
  hint,
  optional,
  name,
  options,
  empty,
  defaultValue,
  ...select
}: FieldWords & {
  options: readonly { value: string; label: string; disabled?: boolean }[];
  /** The words of the line that chooses nothing. */
  empty?: string;
  defaultValue?: string;
} & Omit<ComponentProps<"select">, Own | "defaultValue">) {
  const field = useField(name);
  const chosen = text(field.kept) ?? defaultValue ?? "";
  return (
    <Frame field={field} words={{ name, label, hint, optional }}>
      <select
        // React keeps a select's first choice through the reset after an action; a new key takes the kept one.
        key={chosen}
        required={!optional}
        {...select}
        id={field.id}
        name={name}
        className="input"
        defaultValue={chosen}
        aria-invalid={field.error ? true : undefined}
        aria-describedby={describe(field, hint)}
      >
        {empty === undefined ? null : <option value="">{empty}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
    </Frame>
  );
}

/** A tick. Its label stands right of it. */
export function Checkbox({
  label,
  hint,
  name,
  value = "on",
  defaultChecked,
  ...input
}: Omit<FieldWords, "optional" | "beside"> & { value?: string } & Omit<
    ComponentProps<"input">,
    Own | "type" | "value"
  >) {
  const field = useField(name);
  const checked = field.kept === undefined ? defaultChecked : [field.kept].flat().includes(value);
  return (
    <div className="field">
      <label className="choice">
        <input
          key={String(checked)}
          {...input}
          type="checkbox"
          id={field.id}
          name={name}
          value={value}
          defaultChecked={checked}
          aria-invalid={field.error ? true : undefined}
          aria-describedby={describe(field, hint)}
        />
        <span>{label}</span>
      </label>
      <Notes field={field} hint={hint} />
    </div>
  );
}

/** One of a few, all in sight. */
export function RadioGroup({
  label,
  hint,
  name,
  options,
  defaultValue,
}: Omit<FieldWords, "optional" | "beside"> & {
  options: readonly { value: string; label: ReactNode; note?: ReactNode; disabled?: boolean }[];
  defaultValue?: string;
}) {
  const field = useField(name);
  const chosen = text(field.kept) ?? defaultValue;
  return (
    <fieldset className="field" aria-describedby={describe(field, hint)}>
      <legend className="label mb-1">{label}</legend>
      {options.map((option, at) => (
        <label key={`${option.value}:${chosen === option.value}`} className="choice">
          <input
            type="radio"
            id={at === 0 ? field.id : undefined}
            name={name}
            value={option.value}
            defaultChecked={chosen === option.value}
            disabled={option.disabled}
            aria-invalid={field.error ? true : undefined}
          />
          <span>
            {option.label}
            {option.note ? <span className="block text-xs text-fg-3">{option.note}</span> : null}
          </span>
        </label>
      ))}
      <Notes field={field} hint={hint} />
    </fieldset>
  );
}

/** A file for an upload form (`encType="multipart/form-data"`, posted to its route). */
export function FileField({
  label,
  hint,
  optional,
  name,
  ...input
}: Omit<FieldWords, "beside"> & Omit<ComponentProps<"input">, Own | "type">) {
  const field = useField(name);
  return (
    <Frame field={field} words={{ name, label, hint, optional }}>
      <input
        required={!optional}
        {...input}
        type="file"
        id={field.id}
        name={name}
        className="input"
        aria-invalid={field.error ? true : undefined}
        aria-describedby={describe(field, hint)}
      />
    </Frame>
  );
}
