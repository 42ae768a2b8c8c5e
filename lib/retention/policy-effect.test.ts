// What a policy would change, reckoned by the database, beside the same reckoned one by one (lib/retention/rules/reckon).
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addDays, type Day, kstDay } from "@/lib/clock";
import { closeDatabase } from "@/lib/db/client";
import { openTestCompany, type TestCompany } from "@/lib/test-company";
import { approvePolicy, submitPolicy } from "./commands/approve-policy";
import { draftPolicy, savePolicyVersion } from "./commands/save-policy";
import { getPolicy } from "./queries/get-policy";
import { getPolicyEffect } from "./queries/policy-effect";
import type { EffectGroup, EffectKind } from "./rules/policy-effect";
import { sumEffect } from "./rules/policy-effect";
import { type KeptSession, type PolicyTerm, reckonFile, reckonSession } from "./rules/reckon";
import { type DraftPolicy, draftPolicySchema } from "./schema/policy";

const now = new Date("2026-11-23T00:12:00Z");
let company: TestCompany;
let channels: string[];
/** The same numbers in every run. */
let seed = 20_261_123;
const random = (most: number) => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return Math.floor((seed / 2_147_483_648) * most);
};
const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T;

beforeAll(async () => {
  company = await openTestCompany();
  channels = [(await company.opened()).id, (await company.opened()).id];
});
afterAll(async () => {
  await company.owner.end();
  await closeDatabase();
});

const plan = (more: object): DraftPolicy =>
  draftPolicySchema.parse({
    ...{ name: "정책", scope: "text", count: 1, unit: "years", anchor: "session-end", basis: "own" },
    ...{ basisNote: "시험", whyNotShorter: "시험", ...more },
  });

async function approve(policyId: string, at: Date): Promise<void> {
  const hash = (await getPolicy(company.officer, policyId))?.hash ?? "";
  await submitPolicy(company.officer, { policyId, hash, note: "" });
  await approvePolicy(company.admin, { policyId, hash, note: "" });
  await company.owner.query(
    "UPDATE policy_steps SET at = $2 WHERE policy_id = $1 AND hash = $3 AND kind = 'approved'",
    [...[policyId, at, hash]],
  );
}

async function standing(more: object, at: string): Promise<string> {
  const id = await draftPolicy(company.officer, plan(more));
  await approve(id, new Date(at));
  return id;
}

type Row = KeptSession & { id: string; dueOn: Day | null; files: Date[] };

/** Sessions of two years, of every shape, dated as the policies say or not yet reckoned. */
async function sessions(count: number, terms: readonly PolicyTerm[], epoch: number): Promise<Row[]> {
  const rows: Row[] = [];
  for (let made = 0; made < count; made += 1) {
    const openedAt = new Date(now.getTime() - random(800 * 86_400) * 1_000);
    const lastUser = random(4) === 0 ? null : new Date(openedAt.getTime() + random(40 * 3_600) * 1_000);
    const last = lastUser && new Date(lastUser.getTime() + random(7_200) * 1_000);
    const endedAt = random(3) === 0 ? null : new Date((last ?? openedAt).getTime() + random(45 * 86_400) * 1_000);
    const category = pick(["general", "dispute", "contract", "other"]);
    const categories = [...new Set(["general", category, ...(random(5) === 0 ? ["dispute"] : [])])];
    const day = (): Day | null => (random(2) === 0 ? null : addDays(kstDay(openedAt), random(60)));
    const kept: KeptSession = {
      ...{ channelId: pick(channels), openedAt, lastUserMessageAt: lastUser, lastMessageAt: last, endedAt, categories },
      ...{
        caseClosedOn: day(),
        transactionOn: day(),
        promisedOn: random(9) === 0 ? addDays(kstDay(openedAt), 900) : null,
      },
    };
    const reckoned = reckonSession(kept, terms, now);
    const fresh = random(4) !== 0;
    const dueOn = fresh ? reckoned.dueOn : null;
    const id = randomUUID();
    await company.owner.query(
      `INSERT INTO consult_sessions (id, organization_id, channel_id, connection_id, external_id, user_handle, user_sealed, opened_by, opened_at,
         last_user_message_at, last_message_at, ended_at, category, case_closed_on, transaction_on, due_on, promised_on, reckoned)
       VALUES ($1, $2, $3, $4, $5, '\\x00', '\\x00', 'message', $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
      [
        ...[id, company.ours, kept.channelId, randomUUID(), id, openedAt, lastUser, last, endedAt, category],
        ...[kept.caseClosedOn, kept.transactionOn, dueOn, dueOn ?? kept.promisedOn, fresh ? epoch : 0],
      ],
    );
    for (const was of categories.filter((one) => one !== "general" && one !== category))
      await company.owner.query(
        "INSERT INTO session_marks (organization_id, session_id, kind, category, person_id) VALUES ($1, $2, 'category', $3, $4)",
        [company.ours, id, was, company.officer.personId],
      );
    const files = random(3) === 0 ? [new Date(openedAt.getTime() + random(86_400) * 1_000)] : [];
    for (const receivedAt of files)
      await company.owner.query(
        `INSERT INTO attachments (organization_id, session_id, message_id, kind, host, sealed, at, received_at, state)
         VALUES ($1, $2, 1, 'photo', 'x.example', '\\x00', $3, $3, 'kept')`,
        [company.ours, id, receivedAt],
      );
    rows.push({ ...kept, promisedOn: dueOn ?? kept.promisedOn, id, dueOn, files });
  }
  return rows;
}

async function termsNow(): Promise<PolicyTerm[]> {
  const { rows } = await company.owner.query(
    `SELECT version_id AS "versionId", policy_id AS "policyId", policy_number AS "policyNumber", name, channel_id AS "channelId", category, scope,
       number, count, unit, anchor, basis, from_at AS "fromAt", until_at AS "untilAt" FROM policy_terms WHERE organization_id = $1`,
    [company.ours],
  );
  return rows;
}

const kindOf = (was: Day | null, will: Day | null, word: Day | null): EffectKind => {
  if (was === null) return will === null ? "undated" : "dated";
  if (will === null) return "awaited";
  if (will !== was) return will > was ? "later" : "earlier";
  return word !== null && word < will ? "promised" : "same";
};
const month = (day: Day | null) => (day === null ? null : day.slice(0, 7));
const group = (was: Day | null, will: Day | null, word: Day | null): EffectGroup => ({
  ...{ before: month(was), after: month(will), stale: false, kind: kindOf(was, will, word), count: 1 },
  dueAtOnce: will !== null && will < kstDay(now) ? 1 : 0,
});

/** The same one by one. */
function bruteForce(rows: readonly Row[], terms: readonly PolicyTerm[], policy: DraftPolicy) {
  const candidate: PolicyTerm = {
    ...{ ...policy, versionId: "new", policyId: "new", policyNumber: 0, number: 0, fromAt: now, untilAt: null },
  };
  const about = rows.filter(
    (row) =>
      (policy.channelId === null || row.channelId === policy.channelId) &&
      (policy.category === null || row.categories.includes(policy.category)),
  );
  const groups = about.flatMap((row) => {
    if (policy.scope === "file") {
      return row.files.map((receivedAt) =>
        group(
          reckonFile(row, receivedAt, row.dueOn, terms, now),
          reckonFile(row, receivedAt, row.dueOn, [...terms, candidate], now),
          reckonFile(row, receivedAt, null, [candidate], now),
        ),
      );
    }
    const alone = reckonSession({ ...row, promisedOn: null }, [candidate], now).dueOn;
    return [group(reckonSession(row, terms, now).dueOn, reckonSession(row, [...terms, candidate], now).dueOn, alone)];
  });
  return sumEffect(groups, kstDay(now));
}

describe("getPolicyEffect", () => {
  let rows: Row[];
  let general: string;
  let files: string;
  beforeAll(async () => {
    general = await standing({ category: "general" }, "2024-01-01T00:00:00Z");
    await standing({ category: "dispute", count: 3, anchor: "case-closed" }, "2025-06-01T00:00:00Z");
    files = await standing({ scope: "file", anchor: "received", count: 6, unit: "months" }, "2024-01-01T00:00:00Z");
    const older = await standing({ category: "contract", count: 4, channelId: channels[0] }, "2024-01-01T00:00:00Z");
    const shorter = { policyId: older, version: 1, ...plan({ count: 30, unit: "days" }) };
    await savePolicyVersion(company.officer, shorter);
    await approve(older, new Date("2026-01-15T00:00:00Z"));
    const { rows: setting } = await company.owner.query(
      "SELECT epoch FROM retention_settings WHERE organization_id = $1",
      [company.ours],
    );
    rows = await sessions(320, await termsNow(), setting[0].epoch);
  });

  const versions: [string, object][] = [
    ["a longer period for everything", { count: 2 }],
    ["a month for everything", { count: 1, unit: "months" }],
    ["90 days from the last message on one channel", { count: 90, unit: "days", anchor: "last-message", one: true }],
    ["a period that waits for the case", { category: "dispute", count: 5, anchor: "case-closed" }],
    ["a period that waits for the transaction", { category: "contract", anchor: "transaction-ended", count: 5 }],
    ["a category that had none", { category: "other", count: 14, unit: "days" }],
    ["files for a year", { scope: "file", anchor: "received" }],
    [
      "files until a month after the case",
      { scope: "file", anchor: "case-closed", category: "dispute", count: 1, unit: "months" },
    ],
  ];
  it.each(versions)("is what one by one says: %s", async (_name, { one, ...more }: { one?: boolean }) => {
    const policy = plan({ ...more, ...(one ? { channelId: channels[1] } : {}) });
    const id = await draftPolicy(company.officer, policy);
    const effect = await getPolicyEffect(company.admin, id, now);
    const expected = bruteForce(rows, await termsNow(), policy);
    expect(expected.total).toBeGreaterThan(20);
    expect({ ...effect, stale: 0 }).toEqual(expected);
  });

  it("shortens nothing, and lengthens what is stored (P-72)", async () => {
    await savePolicyVersion(company.officer, { policyId: general, version: 1, ...plan({ count: 1, unit: "months" }) });
    const shorter = await getPolicyEffect(company.admin, general, now);
    expect(shorter?.kinds).toMatchObject({ later: 0, earlier: 0, awaited: 0 });
    expect(shorter?.kinds.promised).toBeGreaterThan(100);
    await savePolicyVersion(company.officer, { policyId: general, version: 2, ...plan({ count: 3 }) });
    const longer = await getPolicyEffect(company.admin, general, now);
    expect(longer?.kinds.later).toBeGreaterThan(100);
    expect(longer?.kinds.earlier).toBe(0);
    await savePolicyVersion(company.officer, {
      ...{ policyId: files, version: 1 },
      ...plan({ scope: "file", anchor: "received", count: 1, unit: "days" }),
    });
    expect((await getPolicyEffect(company.admin, files, now))?.kinds.earlier).toBe(0);
  });

  it("knows no other company's policy", async () => {
    expect(await getPolicyEffect(company.strangeOfficer, general, now)).toBeNull();
    expect(await getPolicyEffect(company.officer, "x", now)).toBeNull();
  });
});
