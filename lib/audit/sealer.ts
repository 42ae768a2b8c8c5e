// Every instance seals; an advisory lock per organization lets one at a time. A look at idle costs one index probe per organization.
import { sealAudit, unsealedOrganizationIds } from "@/lib/db/crossings";
import { faultLog } from "@/lib/fault-log";
import { errorFields } from "@/lib/log";

const tickMs = 400;
/** As much as damso_audit_seal links in one call. */
const batch = 20_000;

/**
 * Links committed audit entries into their organization's chain, within a second of their commit, until stopped.
 * Waits out a database that is away; never throws.
 * @returns stops it, once the pass under way has ended
 */
export function startSealer(): () => Promise<void> {
  const fault = faultLog("sealer.failed");
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let pass = Promise.resolve();
  const tick = async () => {
    try {
      await sealAll();
      fault.over(performance.now());
    } catch (error) {
      fault.struck(error, performance.now());
    }
    if (!stopped) plan();
  };
  const plan = () => {
    timer = setTimeout(() => {
      pass = tick();
    }, tickMs);
    timer.unref();
  };
  plan();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await pass;
  };
}

/** One pass over every organization with waiting entries. A chain that cannot be sealed does not hold up the others. */
export async function sealAll(): Promise<void> {
  const failures: unknown[] = [];
  for (const id of await unsealedOrganizationIds()) {
    try {
      await sealOrganization(id);
    } catch (error) {
      failures.push(new Error(`Chain of organization ${id}: ${errorFields(error).message}`, { cause: error }));
    }
  }
  if (failures.length > 0) throw failures[0];
}

/** Seals what one organization has committed so far. False when another sealer is at it. */
export async function sealOrganization(organizationId: string): Promise<boolean> {
  for (;;) {
    const linked = await sealAudit(organizationId);
    if (linked < 0) return false;
    if (linked < batch) return true;
  }
}
