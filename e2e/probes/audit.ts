import type { Permission } from "@/lib/auth/permissions";
import type { Company } from "../harness-company";
import { row } from "../harness-database";
import { count, type Probe, say, sendForm } from "./probe";

const officer = (home: Company) => home.people.COMPLIANCE_OFFICER.caller;

export const auditProbes = {
  "audit:read": {
    target: async (company) => ({
      ...(await row<{ id: string }>("SELECT id FROM audit_events WHERE organization_id = $1 ORDER BY at LIMIT 1", [
        company.id,
      ])),
      marker: company.marker,
    }),
    act: (who, { id }) => who.get(`/audit?event=${id}`),
    effect: async ({ id = "" }, answer) => answer.status === 200 && answer.text.includes(id),
    ids: ["id"],
    refusal: 403,
  },
  "audit:export": {
    target: async (company) => ({ channel: company.channelId }),
    act: (who, _target, home) => sendForm(who, { giver: officer(home), page: "/audit", words: say("audit.export") }),
    effect: async ({ channel = "" }, answer) =>
      answer.status === 200 &&
      String(answer.headers["content-type"]).startsWith("text/csv") &&
      answer.text.includes(channel),
    ids: [],
    refusal: 404,
  },
  "audit:verify": {
    target: async (company) => ({ id: company.id, before: String(await verifications(company.id)) }),
    act: (who, _target, home) =>
      sendForm(who, { giver: officer(home), page: "/audit", words: say("audit.banner.verify") }),
    effect: async ({ id = "", before }) => (await verifications(id)) === Number(before) + 1,
    ids: [],
    refusal: 404,
  },
} satisfies Partial<Record<Permission, Probe>>;

const verifications = (id: string) =>
  count("SELECT count(*) n FROM audit_events WHERE organization_id = $1 AND action = 'audit.verified'", id);
