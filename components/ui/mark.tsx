/** Our own mark: two people's speech, one after the other. */
export function Mark({ size = 26 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 26 26" aria-hidden="true" className="flex-none">
      <rect width="26" height="26" rx="7" className="fill-ink" />
      <g className="fill-none stroke-on-ink" strokeWidth="1.5" strokeLinejoin="round" strokeLinecap="round">
        <path d="M7 8.2h7.2a2.2 2.2 0 0 1 2.2 2.2v1.1a2.2 2.2 0 0 1-2.2 2.2h-3L8.6 16v-2.3H7z" />
        <path d="M18.6 12.2h.4v4.9h-.9v2l-2.4-2h-2.4" />
      </g>
    </svg>
  );
}
