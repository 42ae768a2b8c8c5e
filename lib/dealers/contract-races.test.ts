// People at the same contract at the same moment (trust.md P-23, F-17): one winner for each version, and never an approval of what nobody looked at.
import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PersonActor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { closeDatabase } from "@/lib/db/client";
import { Conflict, Refused } from "@/lib/errors";
import { makeContract } from "@/prisma/seed/contracts";
import { approveContract, rejectContract, submitContract, withdrawContract } from "./commands/approve-contract";
import { createContract, editContract } from "./commands/edit-contract";
import { setClauses } from "./commands/set-clauses";
import { uploadDocument } from "./commands/upload-document";
import { fieldsOf } from "./day-column";
import { approvalState } from "./rules/contract";
import { contractHash } from "./rules/contract-content";
import { createContractSchema } from "./schema/contract";

const organizationId = randomUUID();
const actor = (role: PersonActor["role"]): PersonActor => ({
  ...{ kind: "person", personId: randomUUID(), organizationId, role },
  ...{ signInId: randomUUID(), address: "192.0.2.1" },
});
const admins = [actor("CLIENT_ADMIN"), actor("CLIENT_ADMIN"), actor("CLIENT_ADMIN"), actor("CLIENT_ADMIN")] as const;
const officers = [actor("COMPLIANCE_OFFICER"), actor("COMPLIANCE_OFFICER")] as const;
const [admin] = admins;
const [officer] = officers;
let owner: pg.Client;

beforeAll(async () => {
  owner = new pg.Client({ connectionString: process.env.DATABASE_URL, options: "-c timezone=UTC" });
  await owner.connect();
  await owner.query("INSERT INTO organizations (id, slug, name) VALUES ($1, 'ours', '한결생활')", [organizationId]);
});
afterAll(async () => {
  await owner.end();
  await closeDatabase();
});

let serial = 0;
const submitted = () =>
  makeContract(
    { now: new Date(), admin, officer },
    { number: `R-${++serial}`, dealer: "infobank", startsInDays: -30, endsInDays: 300, stage: "submitted" },
  );

/** Everything that the records say of a contract. */
async function stateOf(contractId: string) {
  return read(officer, "contract:read", async (tx) => {
    const contract = await tx.contract.findUniqueOrThrow({
      where: { id: contractId },
      include: { versions: { orderBy: { number: "asc" } }, steps: { orderBy: { at: "desc" } } },
    });
    return {
      ...contract,
      fields: createContractSchema.parse(fieldsOf(contract)),
      approval: approvalState(contract.version, contract.steps),
      hash: contract.versions.at(-1)?.hash ?? "",
    };
  });
}
const recorded = async (contractId: string, action: string) =>
  Number(
    (await owner.query("SELECT count(*) FROM audit_events WHERE target_id = $1 AND action = $2", [contractId, action]))
      .rows[0].count,
  );

function upload(contractId: string, by: PersonActor, text: string, replacesId = ""): Promise<unknown> {
  const form = new FormData();
  form.append("kind", "consignment");
  form.append("replacesId", replacesId);
  form.append(
    "file",
    new Blob([`%PDF-1.7\n${text}\nstartxref\n0\n%%EOF\n`], { type: "application/pdf" }),
    "계약서.pdf",
  );
  return uploadDocument(by, contractId, new Request("http://damso.test/", { method: "POST", body: form }), 0);
}

/** What came of each; a refusal of any other kind than these fails the case. */
async function together(work: readonly Promise<unknown>[]): Promise<boolean[]> {
  const outcomes = await Promise.allSettled(work);
  for (const outcome of outcomes)
    if (outcome.status === "rejected" && !(outcome.reason instanceof Conflict || outcome.reason instanceof Refused))
      throw outcome.reason;
  return outcomes.map(({ status }) => status === "fulfilled");
}

describe("approving a version while another is saved", () => {
  const savings: [string, (contractId: string, version: number) => Promise<unknown>][] = [
    [
      "by an edit",
      async (contractId, version) => {
        const { fields } = await stateOf(contractId);
        return () => editContract(admins[1], { contractId, version, ...fields, title: `바뀐 제목 ${randomUUID()}` });
      },
    ],
    [
      "by a judgement of a clause",
      async (contractId, version) => {
        const clauses = [{ clause: "liability", place: "제13조", page: "11", verdict: "weak", note: "" }] as const;
        return () => setClauses(admins[1], { contractId, version, clauses });
      },
    ],
    ["by a paper", async (contractId) => () => upload(contractId, admins[1], randomUUID())],
  ];
  it.each(savings)("%s: what is approved is what was looked at, or nothing", async (_how, prepare) => {
    for (let round = 0; round < 12; round += 1) {
      const contractId = await submitted();
      const before = await stateOf(contractId);
      const save = (await prepare(contractId, before.version)) as () => Promise<unknown>;
      const approve = () => approveContract(officer, { contractId, hash: before.hash, note: "" });
      // Each goes first in half of the rounds.
      const began = round % 2 === 0 ? [approve(), save()] : [save(), approve()].reverse();
      const [approved, saved] = await together(began);
      const after = await stateOf(contractId);
      const steps = after.steps.filter(({ kind }) => kind === "approved");
      expect(saved).toBe(true);
      expect(steps.map(({ number, hash }) => [number, hash])).toEqual(approved ? [[2, before.hash]] : []);
      expect(after.version).toBe(3);
      expect(after.approval).not.toBe("approved");
      expect(await recorded(contractId, "contract.approved")).toBe(approved ? 1 : 0);
      await expect(approve()).rejects.toBeInstanceOf(Conflict);
    }
  });
});

describe("one winner", () => {
  it("of many who save the same version, and the history keeps every accepted text", async () => {
    const contractId = await submitted();
    for (let round = 0; round < 8; round += 1) {
      const { fields, version } = await stateOf(contractId);
      const titles = Array.from({ length: 8 }, () => `제목 ${randomUUID()}`);
      const won = await together(
        titles.map((title, at) =>
          editContract(admins[at % admins.length] ?? admin, { contractId, version, ...fields, title }),
        ),
      );
      expect(won.filter(Boolean)).toHaveLength(1);
      const after = await stateOf(contractId);
      expect(after.version).toBe(version + 1);
      expect(after.fields.title).toBe(titles[won.indexOf(true)]);
      expect(after.versions.at(-1)?.text).toContain(after.fields.title);
    }
    const { versions } = await stateOf(contractId);
    expect(versions.map(({ number }) => number)).toEqual(versions.map((_version, at) => at + 1));
    expect(versions.every(({ text, hash }) => contractHash(text) === hash)).toBe(true);
    expect(await recorded(contractId, "contract.edited")).toBe(8);
  });

  it("of two who approve, and of who approves, rejects and takes back", async () => {
    for (let round = 0; round < 8; round += 1) {
      const contractId = await submitted();
      const { hash } = await stateOf(contractId);
      const asked = { contractId, hash, note: "확인했습니다" };
      const won = await together(
        round % 2 === 0
          ? officers.map((one) => approveContract(one, asked))
          : [approveContract(officer, asked), rejectContract(officers[1], asked), withdrawContract(admin, asked)],
      );
      expect(won.filter(Boolean)).toHaveLength(1);
      const { steps, version } = await stateOf(contractId);
      expect([steps.length, version]).toEqual([2, 2]);
    }
  });

  it("of two who submit, and who submits is not who approves", async () => {
    const contractId = await submitted();
    const { hash } = await stateOf(contractId);
    await withdrawContract(admin, { contractId, hash });
    const won = await together(admins.map((one) => submitContract(one, { contractId, hash, note: "" })));
    expect(won.filter(Boolean)).toHaveLength(1);
    expect((await stateOf(contractId)).approval).toBe("submitted");
  });

  it("of many who take the same number, and of two papers that replace the same one", async () => {
    const { fields } = await stateOf(await submitted());
    const taken = await together(admins.map((one) => createContract(one, { ...fields, number: "HG-2026-001" })));
    expect(taken.filter(Boolean)).toHaveLength(1);

    const contractId = await submitted();
    const [first] = (
      await owner.query<{ id: string }>("SELECT id FROM contract_documents WHERE contract_id = $1", [contractId])
    ).rows;
    const replaced = await together(admins.map((one, at) => upload(contractId, one, `판 ${at}`, first?.id)));
    expect(replaced.filter(Boolean)).toHaveLength(1);
    const [{ count }] = (
      await owner.query("SELECT count(*) FROM contract_documents WHERE contract_id = $1", [contractId])
    ).rows;
    expect(Number(count)).toBe(2);
  });

  it("of two tabs that upload the same file: one paper, the other is told that it is there", async () => {
    for (let round = 0; round < 5; round += 1) {
      const contractId = await submitted();
      const won = await together([upload(contractId, admin, "같은 글"), upload(contractId, admin, "같은 글")]);
      const { rows } = await owner.query<{ sha256: string }>(
        "SELECT f.sha256 FROM contract_documents d JOIN evidence_files f ON f.id = d.file_id WHERE d.contract_id = $1",
        [contractId],
      );
      expect([won.some(Boolean), new Set(rows.map(({ sha256 }) => sha256)).size, rows.length]).toEqual([true, 2, 2]);
    }
  });
});
