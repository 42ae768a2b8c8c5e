import type { Permission } from "@/lib/auth/permissions";
import { submitContract, withdrawContract } from "@/lib/dealers/commands/approve-contract";
import { getContract } from "@/lib/dealers/queries/get-contract";
import { makeContract } from "@/prisma/seed/contracts";
import type { Company } from "../harness-company";
import { row } from "../harness-database";
import { png } from "../harness-file";
import { browserHeaders, multipart } from "../harness-form";
import { count, fresh, type Probe, sendForm } from "./probe";

type Stage = "draft" | "submitted" | "approved";

/** A contract without channels: nothing else of the company follows it. */
function contract({ people, marker }: Company, stage: Stage = "approved"): Promise<string> {
  const { CLIENT_ADMIN, COMPLIANCE_OFFICER } = people;
  return makeContract(
    { now: new Date(), admin: CLIENT_ADMIN.actor, officer: COMPLIANCE_OFFICER.actor },
    {
      ...{ number: `${marker}-${fresh()}`, title: `계약 ${marker}`, dealer: "infobank", stage },
      ...{ startsInDays: -100, endsInDays: 200, madeDaysAgo: 90 },
    },
  );
}

async function withHash(company: Company, stage: Stage): Promise<{ id: string; hash: string }> {
  const id = await contract(company, stage);
  const found = await getContract(company.people.AUDITOR.actor, id, new Date());
  return { id, hash: found?.hash ?? "" };
}

/** Contracts that forms are taken from, made before anything is measured: one that stands, one to submit, one that waits. */
const pages = new Map<string, Record<"stands" | "draft" | "waits", string>>();

export async function prepareContracts(company: Company): Promise<void> {
  pages.set(company.id, {
    stands: await contract(company),
    draft: await contract(company, "draft"),
    waits: await contract(company, "submitted"),
  });
}

function pageOf(home: Company, which: "stands" | "draft" | "waits", part = ""): string {
  const made = pages.get(home.id);
  if (!made) throw new Error("prepareContracts was not called for this company");
  return `/dealers/contracts/${made[which]}${part}`;
}

const steps = (id: string, kind: string) =>
  count("SELECT count(*) n FROM contract_steps WHERE contract_id = $1 AND kind = $2", id, kind);

const admin = (home: Company) => home.people.CLIENT_ADMIN.caller;
const officer = (home: Company) => home.people.COMPLIANCE_OFFICER.caller;

export const contractProbes = {
  "contract:read": {
    target: async (company) => ({ id: await contract(company), marker: company.marker }),
    act: (who, { id }) => who.get(`/dealers/contracts/${id}`),
    effect: async ({ marker = "" }, answer) => answer.status === 200 && answer.text.includes(`계약 ${marker}`),
    ids: ["id"],
    refusal: 403,
  },
  "contract:edit": {
    target: async (company) => ({ id: await contract(company), title: fresh(), number: fresh() }),
    act: (who, { id = "", title = "", number = "" }, home) =>
      sendForm(who, {
        giver: admin(home),
        page: pageOf(home, "stands", "/edit"),
        has: { contractId: true, consignor: true },
        change: { contractId: id, version: "2", title, number },
      }),
    effect: async ({ id, title }) =>
      (await count("SELECT count(*) n FROM contracts WHERE id = $1 AND title = $2 AND version = 3", id, title)) === 1,
    ids: ["id"],
    refusal: 404,
  },
  "contract:submit": {
    target: (company) => withHash(company, "draft"),
    act: (who, { id = "", hash = "" }, home) =>
      sendForm(who, {
        giver: admin(home),
        page: pageOf(home, "draft", "/approval"),
        has: { hash: true, note: true },
        change: { contractId: id, hash },
      }),
    effect: async ({ id = "" }) => (await steps(id, "submitted")) === 1,
    ids: ["id"],
    refusal: 404,
  },
  "contract:approve": {
    target: async (company) => {
      const made = await withHash(company, "submitted");
      const { actor } = company.people.CLIENT_ADMIN;
      // Withdrawn and asked for again, as it happens: the newest step counts.
      await withdrawContract(actor, { contractId: made.id, hash: made.hash });
      await submitContract(actor, { contractId: made.id, hash: made.hash, note: "" });
      return made;
    },
    act: (who, { id = "", hash = "" }, home) =>
      sendForm(who, {
        giver: officer(home),
        page: pageOf(home, "waits", "/approval"),
        has: { hash: true, note: true },
        words: "이 판 승인",
        change: { contractId: id, hash },
      }),
    effect: async ({ id = "" }) => (await steps(id, "approved")) === 1,
    ids: ["id"],
    refusal: 404,
  },
  "contract:upload": {
    target: async (company) => ({ id: await contract(company) }),
    act: (who, { id = "" }) => {
      const file = { name: "별지.png", type: "image/png", bytes: png(41, 31) };
      const { body, type } = multipart([
        ["kind", "annex"],
        ["signedOn", ""],
        ["replacesId", ""],
        ["file", file],
      ]);
      const headers = { ...browserHeaders, "content-type": type };
      return who.ask(`/dealers/contracts/${id}/documents/upload`, { method: "POST", headers, body });
    },
    effect: async ({ id }, answer) =>
      answer.status === 303 &&
      (await count("SELECT count(*) n FROM contract_documents WHERE contract_id = $1 AND kind = 'annex'", id)) === 1,
    ids: ["id"],
    refusal: 403,
  },
  "contract:download": {
    target: async (company) => {
      const id = await contract(company);
      const { documentId } = await row<{ documentId: string }>(
        'SELECT id AS "documentId" FROM contract_documents WHERE contract_id = $1',
        [id],
      );
      return { id, documentId };
    },
    act: (who, { id, documentId }) => who.get(`/dealers/contracts/${id}/documents/${documentId}`),
    effect: async (_target, answer) =>
      answer.status === 200 && String(answer.headers["content-disposition"]).startsWith("attachment"),
    ids: ["id", "documentId"],
    refusal: 404,
  },
  "file:verify": {
    target: async (company) => ({ id: await contract(company) }),
    act: (who, { id = "" }, home) =>
      sendForm(who, {
        giver: admin(home),
        page: pageOf(home, "stands", "/documents"),
        words: "파일 대조하기",
        change: { contractId: id },
      }),
    effect: async ({ id }) =>
      (await count("SELECT count(*) n FROM audit_events WHERE target_id = $1 AND action = 'file.verified'", id)) === 1,
    ids: ["id"],
    refusal: 404,
  },
} satisfies Partial<Record<Permission, Probe>>;
