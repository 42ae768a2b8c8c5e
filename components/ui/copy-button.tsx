"use client";

import { type ReactNode, useState } from "react";

/** Copies a text. The words and the icon come finished from the server. */
export function CopyButton({
  text,
  label,
  done,
  icon,
  small = false,
}: {
  text: string;
  label: string;
  done: string;
  icon: ReactNode;
  /** The icon alone, beside a value. */
  small?: boolean;
}) {
  const [copied, setCopied] = useState(false);
  return (
    <button
      type="button"
      className={small ? "btn ghost sm square" : "btn sm"}
      aria-label={small ? label : undefined}
      onClick={async () => {
        await navigator.clipboard.writeText(text);
        setCopied(true);
      }}
      onBlur={() => setCopied(false)}
    >
      {icon}
      {small ? null : label}
      <span className={copied && !small ? "" : "sr-only"} role="status">
        {copied ? done : ""}
      </span>
    </button>
  );
}
