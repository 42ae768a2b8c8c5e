import type { ReactNode } from "react";
import { setLocaleAction } from "@/app/actions";
import { EntryShell } from "@/components/shell/entry-shell";

export default function EntryLayout({ children }: { children: ReactNode }) {
  return <EntryShell setLocale={setLocaleAction}>{children}</EntryShell>;
}
