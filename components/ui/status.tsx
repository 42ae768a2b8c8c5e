import type { ReactNode } from "react";

/** Shapes of look.md 5: tick = done, half = waiting or partial, diamond = gap or late, ring = not yet, dashes = cannot tell, dot = current, lock = hold. */
export type StatusKind = "ok" | "warn" | "bad" | "note" | "off" | "unknown" | "waiting" | "lock";

function Shape({ kind }: { kind: StatusKind }) {
  const cut = { className: "stroke-surface fill-none", strokeWidth: 1.5, strokeLinecap: "round" } as const;
  switch (kind) {
    case "ok":
      return (
        <>
          <circle cx="7" cy="7" r="6.25" fill="currentColor" />
          <path d="M4.2 7.2l2 2 3.7-4.1" {...cut} strokeLinejoin="round" />
        </>
      );
    case "bad":
      return (
        <>
          <path d="M7 .9l6.1 6.1L7 13.1.9 7z" fill="currentColor" />
          <path d="M7 4.3v3.2" {...cut} />
          <circle cx="7" cy="9.6" r=".85" className="fill-surface" />
        </>
      );
    case "warn":
    case "waiting":
      return (
        <>
          <circle cx="7" cy="7" r="5.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
          <path d="M7 7V1.5a5.5 5.5 0 0 1 0 11z" fill="currentColor" />
        </>
      );
    case "note":
      return (
        <>
          <circle cx="7" cy="7" r="5.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
          <circle cx="7" cy="7" r="2.4" fill="currentColor" />
        </>
      );
    case "lock":
      return (
        <>
          <rect x="2.2" y="6" width="9.6" height="6.8" rx="1.6" fill="currentColor" />
          <path d="M4.4 6V4.2a2.6 2.6 0 0 1 5.2 0V6" fill="none" stroke="currentColor" strokeWidth="1.5" />
        </>
      );
    case "unknown":
      return (
        <circle cx="7" cy="7" r="5.5" fill="none" stroke="currentColor" strokeWidth="1.5" strokeDasharray="2.3 2.02" />
      );
    case "off":
      return <circle cx="7" cy="7" r="5.5" fill="none" stroke="currentColor" strokeWidth="1.5" />;
  }
}

export function Glyph({ kind }: { kind: StatusKind }) {
  return (
    <svg className={`glyph k-${kind}`} viewBox="0 0 14 14" aria-hidden="true">
      <Shape kind={kind} />
    </svg>
  );
}

/** Shape and word; plain in tables, `pill` only beside a title. */
export function Status({ kind, pill, children }: { kind: StatusKind; pill?: boolean; children: ReactNode }) {
  return (
    <span className={`status k-${kind}${pill ? " pill" : ""}`}>
      <Glyph kind={kind} />
      {children}
    </span>
  );
}
