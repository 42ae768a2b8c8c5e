"use client";

import { type ComponentProps, useState } from "react";
import type { FieldWords } from "./field";
import { useField } from "./form-context";

/** Many lines. With `limit` a counter stands right of the label: grey, warn above 90 %, bad when over; counted after NFC. */
export function TextArea({
  label,
  hint,
  optional,
  name,
  limit,
  defaultValue = "",
  ...area
}: Omit<FieldWords, "beside"> & { limit?: number; defaultValue?: string } & Omit<
    ComponentProps<"textarea">,
    "name" | "id" | "defaultValue" | "onChange"
  >) {
  const field = useField(name);
  const kept = [field.kept].flat()[0] ?? defaultValue;
  const [length, setLength] = useState(kept.normalize("NFC").length);
  const near = limit !== undefined && length > limit * 0.9;
  const over = limit !== undefined && length > limit;
  const described = [field.error && field.errorId, hint && field.hintId, limit !== undefined && `${field.id}-count`];
  return (
    <div className="field">
      <div className="top-line">
        <label className="label" htmlFor={field.id}>
          {label}
          {optional ? <span className="optional"> ({optional})</span> : null}
        </label>
        {limit === undefined ? null : (
          <span className={over ? "counter over" : near ? "counter near" : "counter"} id={`${field.id}-count`}>
            {length.toLocaleString("en")} / {limit.toLocaleString("en")}
          </span>
        )}
      </div>
      <textarea
        rows={3}
        required={!optional}
        {...area}
        id={field.id}
        name={name}
        className="input"
        defaultValue={kept}
        onChange={(event) => setLength(event.currentTarget.value.normalize("NFC").length)}
        aria-invalid={field.error ? true : undefined}
        aria-describedby={described.filter(Boolean).join(" ") || undefined}
      />
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
