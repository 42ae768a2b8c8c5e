import type { Permission } from "@/lib/auth/permissions";
import { kstDay } from "@/lib/clock";
import { registerRequest } from "@/lib/privacy/commands/register-request";
import { identifyRequest } from "@/lib/privacy/commands/take-step";
import type { Company } from "../harness-company";
import { count, fresh, type Probe, sendForm } from "./probe";

/** A request for correction, the person identified. */
async function request({ people, marker }: Company): Promise<string> {
  const { actor } = people.COMPLIANCE_OFFICER;
  const { id } = await registerRequest(actor, {
    ...{ kind: "correction", receivedOn: kstDay(new Date()), receivedVia: "email", proxy: false },
    ...{ identity: `신원 ${marker}`, detail: `정정 요구 ${marker}` },
  });
  await identifyRequest(actor, { requestId: id, version: 1, note: "전자우편으로 확인" });
  return id;
}

/** A request that forms are taken from, made before anything is measured. */
const pages = new Map<string, string>();

export async function prepareDataRequests(company: Company): Promise<void> {
  pages.set(company.id, await request(company));
}

function pageOf(home: Company): string {
  const made = pages.get(home.id);
  if (!made) throw new Error("prepareDataRequests was not called for this company");
  return `/privacy/requests/${made}`;
}

const officer = (home: Company) => home.people.COMPLIANCE_OFFICER.caller;

export const dataRequestProbes = {
  "data-request:read": {
    target: async (company) => ({ id: await request(company) }),
    act: (who, { id }) => who.get(`/privacy/requests/${id}`),
    effect: async ({ id = "" }, answer) => answer.status === 200 && answer.text.includes(id),
    ids: ["id"],
    refusal: 403,
  },
  "data-request:record": {
    target: async ({ channelId }) => ({ channelId, way: fresh() }),
    act: (who, { channelId = "", way = "" }, home) =>
      sendForm(who, {
        giver: officer(home),
        page: "/privacy/requests/new",
        has: { receivedVia: true, detail: true },
        change: {
          ...{ kind: "deletion", receivedOn: kstDay(new Date()), receivedVia: "kakaotalk", channelId },
          ...{ userKey: way.slice(1, 12), identity: "탐침의 신원", detail: "탐침이 접수한 요구" },
        },
      }),
    effect: async ({ channelId }, answer) =>
      answer.status === 303 &&
      (await count("SELECT count(*) n FROM data_requests WHERE channel_id = $1 AND kind = 'deletion'", channelId)) > 0,
    ids: ["channelId"],
    refusal: 404,
  },
  "data-request:answer": {
    target: async (company) => ({ id: await request(company) }),
    act: (who, { id = "" }, home) =>
      sendForm(who, {
        giver: officer(home),
        page: pageOf(home),
        has: { requestId: true, answer: true },
        change: {
          ...{ requestId: id, version: "2", answer: "granted", reason: "", note: "요구하신 대로 고쳤습니다." },
          ...{ addressee: "정보주체", signer: "담당자", signerTitle: "", objection: "" },
        },
      }),
    effect: async ({ id }) =>
      (await count("SELECT count(*) n FROM data_request_steps WHERE data_request_id = $1 AND kind = 'granted'", id)) ===
      1,
    ids: ["id"],
    refusal: 404,
  },
} satisfies Partial<Record<Permission, Probe>>;
