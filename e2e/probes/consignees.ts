import type { Permission } from "@/lib/auth/permissions";
import { addDays, kstDay } from "@/lib/clock";
import { makeChannel } from "@/prisma/seed/channels";
import { makeApproval } from "@/prisma/seed/consignees";
import { makeContract } from "@/prisma/seed/contracts";
import type { Company } from "../harness-company";
import { count, fresh, type Probe, sendForm } from "./probe";

const actors = ({ people }: Company) => ({
  ...{ now: new Date(), admin: people.CLIENT_ADMIN.actor, officer: people.COMPLIANCE_OFFICER.actor },
});

/** A contract and the one channel that it covers: a channel is approved once a day, so each has its own. */
async function covered(company: Company): Promise<{ id: string; channelId: string }> {
  const channelId = await makeChannel(actors(company), {
    ...{ searchId: fresh(), name: `채널 ${company.marker}`, publicId: null, dealer: "infobank", contact: "" },
    ...{ openedDaysAgo: 9, said: [] },
  });
  const id = await makeContract(actors(company), {
    ...{ number: `${company.marker}-${fresh()}`, dealer: "infobank", startsInDays: -100, endsInDays: 200 },
    ...{ madeDaysAgo: 8, documents: [], channels: [{ channelId }] },
  });
  return { id, channelId };
}

async function approved(company: Company): Promise<{ id: string; reconsignmentId: string }> {
  const { id, channelId } = await covered(company);
  const reconsignmentId = await makeApproval(actors(company), {
    ...{ contractId: id, channelId, consignor: `주식회사 ${company.marker}`, consignee: "인포뱅크" },
    ...{ approvedDaysAgo: 5, untilInDays: null },
  });
  return { id, reconsignmentId };
}

/** Contracts that forms are taken from, made before anything is measured: one with an approval that can be withdrawn. */
const pages = new Map<string, string>();

export async function prepareConsignees(company: Company): Promise<void> {
  pages.set(company.id, (await approved(company)).id);
}

function pageOf(home: Company, part = ""): string {
  const id = pages.get(home.id);
  if (!id) throw new Error("prepareConsignees was not called for this company");
  return `/dealers/contracts/${id}/consignees${part}`;
}

const officer = (home: Company) => home.people.COMPLIANCE_OFFICER.caller;
const today = () => kstDay(new Date());

export const consigneeProbes = {
  "reconsignment:record": {
    target: covered,
    act: (who, { id = "", channelId = "" }, home) =>
      sendForm(who, {
        giver: officer(home),
        page: pageOf(home, "/new-approval"),
        has: { approverName: true },
        change: { contractId: id, channelId, approverName: "최은영", approvedOn: today(), validFrom: today() },
      }),
    effect: async ({ id }) => (await count("SELECT count(*) n FROM reconsignments WHERE contract_id = $1", id)) === 1,
    ids: ["id", "channelId"],
    refusal: 404,
  },
  "reconsignment:withdraw": {
    target: approved,
    act: (who, { id = "", reconsignmentId = "" }, home) =>
      sendForm(who, {
        giver: officer(home),
        page: pageOf(home),
        has: { withdrawnOn: true },
        change: { contractId: id, reconsignmentId, withdrawnOn: today(), reason: "업무 범위가 바뀝니다." },
      }),
    effect: async ({ reconsignmentId }) =>
      (await count(
        "SELECT count(*) n FROM reconsignments WHERE id = $1 AND withdrawn_on IS NOT NULL",
        reconsignmentId,
      )) === 1,
    ids: ["id", "reconsignmentId"],
    refusal: 404,
  },
  "supervision:record": {
    target: async (company) => ({ id: (await covered(company)).id }),
    act: (who, { id = "" }, home) =>
      sendForm(who, {
        giver: officer(home),
        page: pageOf(home, "/new-supervision"),
        has: { heldOn: true },
        change: {
          ...{ contractId: id, kind: "training", heldOn: today(), nextOn: addDays(today(), 365) },
          ...{ subject: "상담 데이터 취급 교육", result: "여섯 명이 들었습니다." },
        },
      }),
    effect: async ({ id }) => (await count("SELECT count(*) n FROM supervisions WHERE contract_id = $1", id)) === 1,
    ids: ["id"],
    refusal: 404,
  },
} satisfies Partial<Record<Permission, Probe>>;
