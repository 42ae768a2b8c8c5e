// Facts of every module that ask somebody to act. One transaction; each source is one file beside this one and one query.
import type { Actor, PersonActor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { can } from "@/lib/auth/permissions";
import { kstDay } from "@/lib/clock";
import { forRole, type Waiting, type WaitingCounts, waitingCountsOf } from "../rules";
import { waitingAccessReviews } from "./access-reviews";
import { waitingAttachmentHosts } from "./attachment-hosts";
import { waitingBlocks } from "./blocks";
import { waitingChannels } from "./channels";
import { waitingChecks } from "./checks";
import { waitingSetAsides } from "./connections";
import { waitingConsignees } from "./consignees";
import { waitingCodes } from "./consults";
import { waitingContracts } from "./contracts";
import { waitingDestructions } from "./destructions";
import { waitingExits } from "./exits";
import { waitingFiles } from "./files";
import { waitingHolds } from "./holds";
import { waitingPeople } from "./people";
import { waitingPolicies } from "./policies";
import { waitingPresence } from "./presence";
import { waitingPresses } from "./presses";
import { waitingPrivacy } from "./privacy";
import { waitingRequests } from "./requests";
import { waitingReturned } from "./returned";
import { waitingTakeDowns } from "./take-downs";
import { waitingScenarios, waitingTemplates } from "./templates";
import { waitingVerification } from "./verification";

/** Everything that waits in the actor's organization and that the actor may see. */
export async function listWaiting(actor: Actor, now: Date): Promise<Waiting[]> {
  return read(actor, "channel:read", async (tx) => {
    const found = [...(await waitingChannels(tx, now)), ...(await waitingChecks(tx, now))];
    if (can(actor, "block:read")) found.push(...(await waitingBlocks(tx)));
    if (can(actor, "contract:read")) found.push(...(await waitingConsignees(tx, now)));
    found.push(...(await waitingContracts(tx, actor, now)));
    found.push(...(await waitingExits(tx, actor, now)));
    if (can(actor, "destruction:read")) found.push(...(await waitingDestructions(tx, now)));
    if (can(actor, "destruction:read")) found.push(...(await waitingReturned(tx)));
    if (can(actor, "hold:read")) found.push(...(await waitingHolds(tx, now)));
    if (can(actor, "data-request:read")) found.push(...(await waitingRequests(tx, now)));
    if (can(actor, "access-record:read")) found.push(...(await waitingAccessReviews(tx, now)));
    if (can(actor, "consignee-list:read")) found.push(...(await waitingPrivacy(tx, now)));
    if (can(actor, "policy:read")) found.push(...(await waitingPolicies(tx)));
    if (can(actor, "set-aside:read")) found.push(...(await waitingSetAsides(tx, now)));
    if (can(actor, "attachment-host:read")) found.push(...(await waitingAttachmentHosts(tx)));
    if (can(actor, "placement:read")) found.push(...(await waitingTakeDowns(tx, actor, now)));
    if (can(actor, "consult:read")) found.push(...(await waitingCodes(tx, now)));
    if (can(actor, "placement:read"))
      found.push(...(await waitingPresence(tx, now)), ...(await waitingPresses(tx, now)));
    if (can(actor, "template:read")) found.push(...(await waitingTemplates(tx)));
    if (can(actor, "scenario:read")) found.push(...(await waitingScenarios(tx)));
    if (can(actor, "person:read")) found.push(...(await waitingPeople(tx, now)));
    if (can(actor, "file:verify")) found.push(...(await waitingFiles(tx)));
    if (can(actor, "audit:read")) found.push(...(await waitingVerification(tx, now)));
    return found;
  });
}

/** Numbers are a hint beside every page: they may be this old (ms) and are then counted anew. */
const countsAge = 10_000;
const counted = new Map<string, { until: number; counts: Promise<WaitingCounts> }>();

/** Numbers beside the entries of the sidebar: what waits for this person's role. */
export async function waitingCounts(actor: PersonActor, now: Date): Promise<WaitingCounts> {
  const key = `${actor.organizationId} ${actor.role}`;
  const kept = counted.get(key);
  if (kept && kept.until > now.getTime()) return kept.counts;
  const counts = listWaiting(actor, now).then((things) => waitingCountsOf(forRole(things, actor.role), kstDay(now)));
  if (counted.size > 1_000) counted.clear();
  counted.set(key, { until: now.getTime() + countsAge, counts });
  counts.catch(() => counted.delete(key));
  return counts;
}
