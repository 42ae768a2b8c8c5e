import type { ReactNode } from "react";

/** The list and the entry chosen from it: beside it where there is room, above it where not, in its place on the phone. */
export function EntryBeside({ label, list, children }: { label: string; list: ReactNode; children: ReactNode }) {
  return (
    <div className="grid items-start gap-7 wide:grid-cols-[minmax(0,1fr)_340px]">
      <div className="min-w-0 max-desk:hidden">{list}</div>
      <aside id="entry" aria-label={label} className="scroll-mt-18 max-wide:order-first wide:sticky wide:top-18">
        {children}
      </aside>
    </div>
  );
}
