// Policies on a real PostgreSQL: written by one, approved by another, by the hash of what was looked at; nothing shortens a promise.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { PersonActor } from "@/lib/auth/actor";
import { closeDatabase } from "@/lib/db/client";
import { Conflict, Forbidden, NotFound, Refused } from "@/lib/errors";
import { openTestCompany, type TestCompany } from "@/lib/test-company";
import { approvePolicy, rejectPolicy, submitPolicy, withdrawPolicy } from "./commands/approve-policy";
import { draftPolicy, savePolicyVersion } from "./commands/save-policy";
import { saveRetentionSettings } from "./commands/save-settings";
import {
  approveStanding,
  declineStanding,
  endStanding,
  requestStanding,
  withdrawStanding,
} from "./commands/standing-approval";
import { dueCalendar } from "./queries/due-calendar";
import { getPolicy } from "./queries/get-policy";
import { listPolicies } from "./queries/list-policies";
import { retentionCounts } from "./queries/retention-counts";
import { getRetentionSettings } from "./queries/retention-settings";
import { policyHash } from "./rules/policy-content";
import type { PolicyView } from "./rules/policy-view";
import { draftPolicySchema } from "./schema/policy";

let company: TestCompany;
let second: PersonActor;
beforeAll(async () => {
  company = await openTestCompany();
  // A second officer: the same right as the first, another person.
  second = { ...company.officer, personId: randomUUID(), signInId: randomUUID() };
  await company.owner.query("INSERT INTO persons (id, email, name) VALUES ($1, $2, '한유진')", [
    ...[second.personId, `${second.personId}@x.example`],
  ]);
  await company.owner.query(
    "INSERT INTO memberships (organization_id, person_id, role) VALUES ($1, $2, 'COMPLIANCE_OFFICER')",
    [company.ours, second.personId],
  );
});
afterAll(async () => {
  await company.owner.end();
  await closeDatabase();
});
beforeEach(() => company.mark());

const plan = (more: object = {}) =>
  draftPolicySchema.parse({
    ...{ name: "일반 문의", scope: "text", count: 1, unit: "years", anchor: "session-end", basis: "pipa-15-1-1" },
    ...more,
  });
const words = (more: object = {}) => {
  const { name: _n, channelId: _c, category: _k, scope: _s, ...rest } = plan(more);
  return rest;
};
async function view(id: string): Promise<PolicyView> {
  const found = await getPolicy(company.auditor, id);
  if (!found) throw new Error("no such policy");
  return found;
}
async function drafted(more: object = {}): Promise<string> {
  const id = await draftPolicy(company.officer, plan(more));
  await company.mark();
  return id;
}
async function submitted(more: object = {}): Promise<{ policyId: string; hash: string }> {
  const policyId = await drafted(more);
  const { hash } = await view(policyId);
  await submitPolicy(company.officer, { policyId, hash, note: "" });
  await company.mark();
  return { policyId, hash };
}
async function approved(more: object = {}): Promise<{ policyId: string; hash: string }> {
  const made = await submitted(more);
  await approvePolicy(company.admin, { ...made, note: "" });
  await company.mark();
  return made;
}
const refusal = async (act: Promise<unknown>): Promise<[string, string | undefined]> => {
  const error = await act.then(
    () => new Error("was not refused"),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Refused)) throw error;
  return [error.key.replace(/^retention\.(policies|standing)\.refused\./, ""), error.field];
};
const epoch = async () => (await getRetentionSettings(company.admin)).epoch;

describe("draftPolicy", () => {
  it("makes a draft with its first version and a number of its own", async () => {
    const id = await draftPolicy(company.officer, plan({ name: "첫 정책" }));
    await company.expectOneEvent("policy.drafted", id);
    const first = await view(id);
    expect(first).toMatchObject({ name: "첫 정책", version: 1, state: "draft", inForce: null });
    const { rows } = await company.owner.query("SELECT text, hash FROM policy_versions WHERE policy_id = $1", [id]);
    expect(rows.map((row) => policyHash(row.text))).toEqual([first.hash]);
    const both = await Promise.all([draftPolicy(company.officer, plan()), draftPolicy(second, plan())]);
    const numbers = await Promise.all(both.map(async (one) => (await view(one)).number));
    expect(numbers.sort((a, b) => a - b)).toEqual([first.number + 1, first.number + 2]);
  });
  it("refuses those without the right, what does not fit, and another company's channel", async () => {
    for (const by of [company.admin, company.marketer, company.auditor])
      await expect(draftPolicy(by, plan())).rejects.toThrow(Forbidden);
    const mine = (more: object) => refusal(draftPolicy(company.officer, plan(more)));
    expect(await mine({ anchor: "received" })).toEqual(["receivedText", "anchor"]);
    expect(await mine({ channelId: randomUUID() })).toEqual(["noChannel", "channelId"]);
    const theirs = randomUUID();
    await company.owner.query(
      "INSERT INTO channels (id, organization_id, search_id, name) VALUES ($1, $2, 'theirs', '남의 채널')",
      [...[theirs, company.theirs]],
    );
    expect(await mine({ channelId: theirs })).toEqual(["noChannel", "channelId"]);
    await company.expectNoEvent();
  });
});

describe("savePolicyVersion", () => {
  it("saves the next version; what is approved stays in force until it is approved", async () => {
    const { policyId } = await approved();
    await savePolicyVersion(company.officer, { policyId, version: 1, ...words({ count: 6, unit: "months" }) });
    await company.expectOneEvent("policy.version-saved", policyId);
    const found = await view(policyId);
    expect(found).toMatchObject({ version: 2, state: "draft", content: { count: 6, unit: "months" } });
    expect(found.inForce).toMatchObject({ number: 1, content: { count: 1, unit: "years" } });
  });
  it("refuses a stale form, what says nothing new, the wrong role and another company's policy", async () => {
    const policyId = await drafted();
    expect(await refusal(savePolicyVersion(company.officer, { policyId, version: 1, ...words() }))).toEqual([
      "unchanged",
      undefined,
    ]);
    const next = words({ count: 10, unit: "months" });
    await savePolicyVersion(company.officer, { policyId, version: 1, ...next });
    await company.mark();
    await expect(savePolicyVersion(second, { policyId, version: 1, ...next })).rejects.toThrow(Conflict);
    const save = { policyId, version: 2, ...words() };
    await expect(savePolicyVersion(company.admin, save)).rejects.toThrow(Forbidden);
    await expect(savePolicyVersion(company.strangeOfficer, save)).rejects.toThrow(NotFound);
    await expect(savePolicyVersion(company.officer, { ...save, policyId: randomUUID() })).rejects.toThrow(NotFound);
    await company.expectNoEvent();
  });
  it("lets one of several writers win each version, and loses none (F-17)", async () => {
    const policyId = await drafted();
    let accepted = 0;
    for (let round = 0; round < 12; round += 1) {
      const { version } = await view(policyId);
      const writers = Array.from({ length: 2 + (round % 5) }, (_, at) =>
        savePolicyVersion(at % 2 ? second : company.officer, {
          ...{ policyId, version },
          ...words({ count: 1, unit: "months", basisNote: `${round}-${at}` }),
        }),
      );
      const done = await Promise.allSettled(writers);
      accepted += done.filter((one) => one.status === "fulfilled").length;
      for (const one of done) if (one.status === "rejected") expect(one.reason).toBeInstanceOf(Conflict);
      expect(done.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    }
    const found = await view(policyId);
    expect(found.version).toBe(1 + accepted);
    expect(found.versions.map((one) => one.number)).toEqual(
      Array.from({ length: 1 + accepted }, (_, at) => 1 + accepted - at),
    );
  });
});

describe("approval (P-23)", () => {
  it("is of the hash, by another person, and begins a new epoch in the same change", async () => {
    const made = await submitted();
    const before = await epoch();
    await approvePolicy(company.admin, { ...made, note: "확인했습니다." });
    const { body } = await company.expectOneEvent("policy.approved", made.policyId);
    expect(body).toContain(made.hash);
    expect(await epoch()).toBe(before + 1);
    const found = await view(made.policyId);
    expect(found).toMatchObject({ state: "approved", inForce: { number: 1, hash: made.hash } });
    const { rows } = await company.owner.query("SELECT version_id, until_at FROM policy_terms WHERE policy_id = $1", [
      made.policyId,
    ]);
    expect(rows).toEqual([{ version_id: found.inForce?.id, until_at: null }]);
    expect(await refusal(approvePolicy(company.admin, { ...made, note: "" }))).toEqual(["alreadyApproved", undefined]);
    expect(await epoch()).toBe(before + 1);
  });
  it("is not the author's or the submitter's, whatever role they have by now", async () => {
    const made = await submitted();
    const promoted: PersonActor = { ...company.officer, role: "CLIENT_ADMIN", signInId: randomUUID() };
    expect(await refusal(approvePolicy(promoted, { ...made, note: "" }))).toEqual(["author", undefined]);
    await withdrawPolicy(second, made);
    await submitPolicy(second, { ...made, note: "" });
    const submitter: PersonActor = { ...second, role: "CLIENT_ADMIN" };
    expect(await refusal(approvePolicy(submitter, { ...made, note: "" }))).toEqual(["submitter", undefined]);
    expect(await refusal(rejectPolicy(submitter, { ...made, note: "아니요" }))).toEqual(["submitter", undefined]);
    for (const by of [company.officer, company.marketer, company.auditor])
      await expect(approvePolicy(by, { ...made, note: "" })).rejects.toThrow(Forbidden);
    await expect(approvePolicy(company.stranger, { ...made, note: "" })).rejects.toThrow(NotFound);
    expect((await view(made.policyId)).state).toBe("submitted");
  });
  it("is of nothing that changed meanwhile, and once alone when two decide at once", async () => {
    const made = await submitted();
    await savePolicyVersion(second, { policyId: made.policyId, version: 1, ...words({ count: 9, unit: "months" }) });
    await expect(approvePolicy(company.admin, { ...made, note: "" })).rejects.toThrow(Conflict);
    await expect(submitPolicy(company.officer, { ...made, note: "" })).rejects.toThrow(Conflict);
    const again = await submitted();
    const before = await epoch();
    const both = await Promise.allSettled([
      approvePolicy(company.admin, { ...again, note: "" }),
      approvePolicy(company.second, { ...again, note: "" }),
      rejectPolicy(company.second, { ...again, note: "아니요" }),
    ]);
    expect(both.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    expect(await epoch()).toBeLessThanOrEqual(before + 1);
    const { rows } = await company.owner.query(
      "SELECT count(*)::int AS n FROM policy_steps WHERE policy_id = $1 AND kind IN ('approved', 'rejected')",
      [again.policyId],
    );
    expect(rows[0].n).toBe(1);
  });
  it("can be withdrawn, rejected with a reason and asked for again", async () => {
    const made = await submitted();
    expect(await refusal(submitPolicy(company.officer, { ...made, note: "" }))).toEqual(["notDraft", undefined]);
    await withdrawPolicy(company.officer, made);
    await company.expectOneEvent("policy.withdrawn", made.policyId);
    expect(await refusal(withdrawPolicy(company.officer, made))).toEqual(["notSubmitted", undefined]);
    expect(await refusal(approvePolicy(company.admin, { ...made, note: "" }))).toEqual(["notSubmitted", undefined]);
    await submitPolicy(company.officer, { ...made, note: "" });
    await company.mark();
    await rejectPolicy(company.admin, { ...made, note: "기간이 깁니다." });
    await company.expectOneEvent("policy.rejected", made.policyId);
    expect((await view(made.policyId)).state).toBe("rejected");
    await submitPolicy(company.officer, { ...made, note: "" });
    expect((await view(made.policyId)).state).toBe("submitted");
  });
});

it("cannot be deleted, nor a version or step changed, by the application's own role (P-72)", async () => {
  const { policyId } = await approved();
  const role = await company.owner.query(
    `SELECT bool_or(has_table_privilege('damso_app', t, 'DELETE')) AS gone, has_table_privilege('damso_app', 'policy_versions', 'UPDATE')
      OR has_table_privilege('damso_app', 'policy_steps', 'UPDATE') AS changed
     FROM unnest(ARRAY['retention_policies', 'policy_versions', 'policy_steps']) t`,
  );
  expect(role.rows[0]).toEqual({ gone: false, changed: false });
  expect(await getPolicy(company.officer, policyId)).not.toBeNull();
});

describe("standing approval", () => {
  const waiting = async () => {
    const { policyId, hash } = await approved();
    const standingId = await requestStanding(company.officer, { policyId, hash });
    return { policyId, close: { standingId, hash } };
  };
  it("is asked for the version in force, and agreed to by somebody else", async () => {
    const { policyId, hash } = await approved();
    const standingId = await requestStanding(company.officer, { policyId, hash });
    await company.expectOneEvent("standing-approval.requested", policyId);
    expect(await refusal(requestStanding(second, { policyId, hash }))).toEqual(["open", undefined]);
    const promoted: PersonActor = { ...company.officer, role: "CLIENT_ADMIN" };
    expect(await refusal(approveStanding(promoted, { standingId, hash }))).toEqual(["requester", undefined]);
    await expect(approveStanding(second, { standingId, hash })).rejects.toThrow(Forbidden);
    await expect(approveStanding(company.stranger, { standingId, hash })).rejects.toThrow(NotFound);
    await company.mark();
    await approveStanding(company.admin, { standingId, hash });
    await company.expectOneEvent("standing-approval.approved", policyId);
    expect((await view(policyId)).standing).toMatchObject([{ state: "standing", number: 1 }]);
    expect(await refusal(approveStanding(company.admin, { standingId, hash }))).toEqual(["notWaiting", undefined]);
    expect(await refusal(requestStanding(company.officer, { policyId, hash }))).toEqual(["open", undefined]);
  });
  it("may be ended by either side, declined and withdrawn", async () => {
    for (const by of [company.officer, company.second]) {
      const { policyId, close } = await waiting();
      await approveStanding(company.admin, close);
      await company.mark();
      await expect(endStanding(company.auditor, close)).rejects.toThrow(Forbidden);
      await endStanding(by, close);
      await company.expectOneEvent("standing-approval.ended", policyId);
      expect(await refusal(endStanding(by, close))).toEqual(["notStanding", undefined]);
    }
    const one = await waiting();
    await declineStanding(company.admin, one.close);
    await company.mark();
    const two = await waiting();
    await company.mark();
    await withdrawStanding(second, two.close);
    await company.expectOneEvent("standing-approval.withdrawn", two.policyId);
    expect((await view(two.policyId)).standing).toMatchObject([{ state: "withdrawn" }]);
  });
  it("is of no draft, and of no version that another one has followed", async () => {
    const draft = await submitted();
    expect(await refusal(requestStanding(company.officer, draft))).toEqual(["notInForce", undefined]);
    const { policyId, close } = await waiting();
    await savePolicyVersion(company.officer, { policyId, version: 1, ...words({ count: 8, unit: "months" }) });
    const { hash } = await view(policyId);
    await submitPolicy(company.officer, { policyId, hash, note: "" });
    await approvePolicy(company.admin, { policyId, hash, note: "" });
    await expect(approveStanding(company.admin, close)).rejects.toThrow(Conflict);
    await expect(requestStanding(company.officer, { policyId, hash: close.hash })).rejects.toThrow(Conflict);
  });
});

it("keeps what is said of backups, from one form at a time", async () => {
  const { version } = await getRetentionSettings(company.admin);
  const said = { version, backupDays: 30, backupNote: "매일 백업, 30일 보관" };
  await expect(saveRetentionSettings(company.officer, said)).rejects.toThrow(Forbidden);
  await saveRetentionSettings(company.admin, said);
  await company.expectOneEvent("retention.settings-saved", company.ours);
  await expect(saveRetentionSettings(company.second, said)).rejects.toThrow(Conflict);
  expect(await getRetentionSettings(company.auditor)).toMatchObject({ version: version + 1, backupDays: 30 });
  const { rows } = await company.owner.query("SELECT backup_days FROM retention_settings WHERE organization_id = $1", [
    company.theirs,
  ]);
  expect(rows).toEqual([{ backup_days: null }]);
});

describe("listPolicies", () => {
  it("pages by number, fifty at a time, there and back, and shows nobody else's", async () => {
    const { rows } = await company.owner.query(
      "SELECT coalesce(max(number), 0)::int AS last FROM retention_policies WHERE organization_id = $1",
      [company.ours],
    );
    for (let made = rows[0].last; made < 105; made += 1) await draftPolicy(company.officer, plan());
    const first = await listPolicies(company.officer, {});
    expect(first.items.map((one) => one.number)).toEqual(Array.from({ length: 50 }, (_, at) => at + 1));
    expect(first.previous).toBeNull();
    const next = await listPolicies(company.officer, { after: Number(first.next) });
    expect(next.items.map((one) => one.number)).toEqual(Array.from({ length: 50 }, (_, at) => at + 51));
    const last = await listPolicies(company.officer, { after: Number(next.next) });
    expect([last.items.length, last.next]).toEqual([5, null]);
    const back = await listPolicies(company.officer, { before: Number(next.previous) });
    expect(back).toEqual(first);
    expect((await listPolicies(company.strangeOfficer, {})).items).toEqual([]);
    await expect(listPolicies(company.marketer, {})).rejects.toThrow(Forbidden);
    const waiting = await listPolicies(company.officer, { state: "waiting" });
    expect(new Set(waiting.items.map((one) => one.state))).toEqual(new Set(["submitted"]));
    const inForce = await listPolicies(company.officer, { state: "approved" });
    expect(inForce.items.every((one) => one.inForce !== null)).toBe(true);
  });
});

it("counts what stands behind the tabs, and an empty calendar", async () => {
  expect(await retentionCounts(company.auditor, new Date())).toMatchObject({ holds: 0, destructions: 0, ledger: 0 });
  const calendar = await dueCalendar(company.auditor, new Date());
  expect(calendar).toMatchObject({ before: 0, due: 0, overdue: 0 });
  expect(calendar.weeks.flat()).toHaveLength(42);
});
