import type { JobActor } from "@/lib/auth/actor";
import { log } from "@/lib/log";
import { verifyAudit } from "./commands";

/** Verifies the organization's chain every night (안전성 확보조치 기준 제8조: 접속기록의 위·변조 방지). */
export async function verifyNightly(actor: JobActor): Promise<string> {
  const { sound, entries, fault, unsealed, milliseconds } = await verifyAudit(actor);
  if (!sound) log("error", "audit.broken", { organization: actor.organizationId, ...fault });
  return `${sound ? "sound" : `broken: ${fault?.kind} at ${fault?.seq ?? "no number"}`}; ${entries} entries, ${unsealed.count} unsealed, ${milliseconds} ms`;
}
