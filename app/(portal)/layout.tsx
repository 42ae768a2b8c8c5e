import type { ReactNode } from "react";
import { entriesFor } from "@/components/shell/navigation";
import { Shell } from "@/components/shell/shell";
import { currentActor } from "@/lib/auth/session";
import { waitingCounts } from "@/lib/today/queries/list-waiting";
import { loadViewer, shellActions } from "./viewer";

export default async function PortalLayout({ children }: { children: ReactNode }) {
  const actor = await currentActor();
  const [viewer, waiting] = await Promise.all([loadViewer(), waitingCounts(actor, new Date())]);
  return (
    <Shell viewer={viewer} entries={entriesFor(actor)} waiting={waiting} actions={shellActions}>
      {children}
    </Shell>
  );
}
