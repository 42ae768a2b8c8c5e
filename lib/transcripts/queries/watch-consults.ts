// Consultations as they arrive, for one open page. Looks at the session like any request, but never keeps it awake.
import type { PersonActor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { listen } from "@/lib/db/listener";
import { errorFields, log } from "@/lib/log";
import type { ConsultFilter } from "../schema";
import { type ConsultRow, listConsultsById } from "./list-consults";

/** Name of the PostgreSQL notification that ingesting sends; payload `<organization> <session> <session> …`. */
export const consultNotification = "damso_consult";

export type Watcher = {
  /** Consultations that began or changed. */
  rows: (rows: ConsultRow[]) => void;
  /** More happened than is worth sending: the list should be asked for again. */
  many: () => void;
  /** The person may look no longer. */
  ended: () => void;
};

const gatherMs = 250;
const checkMs = 20_000;
const mostIds = 200;

/** Watches the organization's consultations until the returned function is called. */
export function watchConsults(actor: PersonActor, filter: ConsultFilter, watcher: Watcher): () => void {
  let pending = new Set<string>();
  let gathering: NodeJS.Timeout | null = null;
  let stopped = false;

  const stop = () => {
    stopped = true;
    if (gathering) clearTimeout(gathering);
    clearInterval(checking);
    forget();
  };
  const end = () => {
    if (stopped) return;
    stop();
    watcher.ended();
  };
  const look = async () => {
    gathering = null;
    const ids = [...pending];
    pending = new Set();
    if (!(await mayWatch(actor))) end();
    if (stopped) return;
    if (ids.length > mostIds) return watcher.many();
    const rows = await listConsultsById(actor, filter, ids);
    if (!stopped && rows.length > 0) watcher.rows(rows);
  };
  const failed = (error: unknown) => {
    log("warn", "monitor.failed", errorFields(error));
    if (!stopped) watcher.many();
  };
  const hear = (payload: string) => {
    const [organizationId, ...ids] = payload.split(" ");
    if (organizationId !== actor.organizationId) return;
    for (const id of ids) pending.add(id);
    gathering ??= setTimeout(() => void look().catch(failed), gatherMs);
  };
  const forget = listen(consultNotification, { hear, missed: watcher.many });
  const checking = setInterval(() => {
    mayWatch(actor).then((may) => {
      if (!may) end();
    }, failed);
  }, checkMs);
  checking.unref();
  return stop;
}

/** True while the session is in force in this organization with this role. Unlike a request, it does not count as being there. */
export function mayWatch(actor: PersonActor): Promise<boolean> {
  return read(actor, "consult:read", async (tx) => {
    const rows = await tx.$queryRaw<{ ok: boolean }[]>`
      SELECT true AS ok FROM sign_ins s JOIN memberships m ON m.person_id = s.person_id AND m.organization_id = s.organization_id
      WHERE s.id = ${actor.signInId}::uuid AND s.organization_id = ${actor.organizationId}::uuid AND s.ended_at IS NULL
        AND s.ends_at > clock_timestamp() AND s.last_seen_at > clock_timestamp() - interval '30 minutes'
        AND m.role::text = ${actor.role} AND m.disabled_at IS NULL AND (m.expires_at IS NULL OR m.expires_at > clock_timestamp())`;
    return rows.length > 0;
  });
}
