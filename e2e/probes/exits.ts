import type { PersonActor } from "@/lib/auth/actor";
import type { Permission } from "@/lib/auth/permissions";
import { addDays, kstDay } from "@/lib/clock";
import { agreeEnding } from "@/lib/dealers/commands/answer-ending";
import { requestEnd } from "@/lib/dealers/commands/ask-ending";
import { getContract } from "@/lib/dealers/queries/get-contract";
import { getExit } from "@/lib/dealers/queries/get-exit";
import { makeContract } from "@/prisma/seed/contracts";
import type { Company } from "../harness-company";
import { count, fresh, type Probe, sendForm } from "./probe";

const soon = () => addDays(kstDay(new Date()), 30);

/** An approved contract without channels: nothing else of the company follows its end. */
function contract({ people, marker }: Company): Promise<string> {
  const { CLIENT_ADMIN, COMPLIANCE_OFFICER } = people;
  return makeContract(
    { now: new Date(), admin: CLIENT_ADMIN.actor, officer: COMPLIANCE_OFFICER.actor },
    {
      ...{ number: `${marker}-${fresh()}`, dealer: "infobank", startsInDays: -100, endsInDays: 200, madeDaysAgo: 90 },
      documents: [],
    },
  );
}

async function asked(company: Company): Promise<{ id: string; endingId: string; digest: string }> {
  const id = await contract(company);
  const admin = company.people.CLIENT_ADMIN.actor;
  const endingId = await requestEnd(admin, { contractId: id, endsOn: soon(), reason: "계약이 끝납니다." });
  return { id, endingId, digest: await digestOf(admin, id) };
}

async function digestOf(actor: PersonActor, id: string): Promise<string> {
  const view = await getContract(actor, id, new Date());
  const exit = view && (await getExit(actor, view, new Date()));
  return exit?.pending?.digest ?? "";
}

async function ended(company: Company): Promise<{ id: string; endingId: string }> {
  const { id, endingId, digest } = await asked(company);
  await agreeEnding(company.people.COMPLIANCE_OFFICER.actor, { endingId, digest, note: "" });
  return { id, endingId };
}

/** Pages that forms are taken from, made before anything is measured: one to end, one that waits, one that is on its way out. */
const pages = new Map<string, Record<"open" | "asked" | "ended", string>>();

export async function prepareExits(company: Company): Promise<void> {
  const made = { open: await contract(company), asked: (await asked(company)).id, ended: (await ended(company)).id };
  pages.set(company.id, made);
}

function pageOf(home: Company, page: "open" | "asked" | "ended"): string {
  const made = pages.get(home.id);
  if (!made) throw new Error("prepareExits was not called for this company");
  return `/dealers/contracts/${made[page]}/exit`;
}

export const exitProbes = {
  "contract:end": {
    target: async (company) => ({ id: await contract(company) }),
    act: (who, { id = "" }, home) =>
      sendForm(who, {
        giver: home.people.CLIENT_ADMIN.caller,
        page: pageOf(home, "open"),
        has: { endsOn: true },
        change: { contractId: id, endsOn: soon(), reason: "계약이 끝납니다." },
      }),
    effect: async ({ id }) =>
      (await count("SELECT count(*) n FROM contract_endings WHERE contract_id = $1 AND outcome IS NULL", id)) === 1,
    ids: ["id"],
    refusal: 404,
  },
  "contract:approve-end": {
    target: asked,
    act: (who, { endingId = "", digest = "" }, home) =>
      sendForm(who, {
        giver: home.people.COMPLIANCE_OFFICER.caller,
        page: pageOf(home, "asked"),
        has: { digest: true },
        change: { endingId, digest },
      }),
    effect: async ({ endingId }) =>
      (await count("SELECT count(*) n FROM contract_endings WHERE id = $1 AND outcome = 'approved'", endingId)) === 1,
    ids: ["endingId"],
    refusal: 404,
  },
  "exit:mark": {
    target: ended,
    act: (who, { id = "", endingId = "" }, home) =>
      sendForm(who, {
        giver: home.people.CLIENT_ADMIN.caller,
        page: pageOf(home, "ended"),
        has: { item: "consignees", kind: "done" },
        change: { contractId: id, endingId, note: "목록에서 지웠습니다." },
      }),
    effect: async ({ endingId }) =>
      (await count("SELECT count(*) n FROM exit_marks WHERE ending_id = $1 AND item = 'consignees'", endingId)) === 1,
    ids: ["id", "endingId"],
    refusal: 404,
  },
} satisfies Partial<Record<Permission, Probe>>;
