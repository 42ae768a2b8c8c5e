import { startReview } from "@/lib/audit/access/commands";
import type { Permission } from "@/lib/auth/permissions";
import { addDays, kstDay } from "@/lib/clock";
import type { Company } from "../harness-company";
import { owner } from "../harness-database";
import { count, fresh, type Probe, say, sendForm } from "./probe";

const officer = (home: Company) => home.people.COMPLIANCE_OFFICER.caller;

const pageOf = ({ accessReviewId }: Company) => `/audit/access/reviews/${accessReviewId}`;

/** An access record of a day, by the company's officer. @returns the subject's handle */
async function record(company: Company, day: string): Promise<string> {
  const subject = Buffer.from(fresh()).toString("hex").padEnd(32, "0").slice(0, 32);
  await (await owner()).query(
    `INSERT INTO access_records (organization_id, at, actor_kind, actor_id, address, action, subject, purpose, reason)
     VALUES ($1, $2, 'person', $3, '192.0.2.9', 'read', $4, '분쟁 처리', $5)`,
    [company.id, `${day}T03:00:00Z`, company.people.COMPLIANCE_OFFICER.personId, subject, company.marker],
  );
  return subject;
}

let years = 0;

export const accessRecordProbes = {
  "access-record:read": {
    target: async (company) => ({ subject: await record(company, "2021-01-15"), marker: company.marker }),
    act: (who, { subject = "" }) => who.get(`/audit/access?q=${subject}`),
    effect: async ({ subject = "" }, answer) => answer.status === 200 && answer.text.includes(subject.slice(0, 8)),
    ids: [],
    refusal: 403,
  },
  "access-plan:edit": {
    target: async () => ({ clause: `조항 ${fresh()}` }),
    act: (who, { clause = "" }, home) =>
      sendForm(who, {
        giver: officer(home),
        page: "/audit/access/plan",
        has: { clause: true },
        change: { clause, intervalMonths: "1", keepYears: "2" },
      }),
    effect: async ({ clause }) => (await count("SELECT count(*) n FROM access_plans WHERE clause = $1", clause)) === 1,
    ids: [],
    refusal: 404,
  },
  "access-review:record": {
    target: async (company) => {
      years += 1;
      const from = addDays("2010-01-01", years * 3);
      await record(company, from);
      const actor = company.people.COMPLIANCE_OFFICER.actor;
      const reviewId = await startReview(actor, { from, to: addDays(from, 1) }, new Date());
      return { reviewId, ownerId: actor.personId, text: `지적 ${fresh()}` };
    },
    act: (who, { reviewId = "", ownerId = "", text = "" }, home) =>
      sendForm(who, {
        giver: officer(home),
        page: pageOf(home),
        has: { reviewId: true, ownerId: true, text: true },
        words: say("audit.access.findings.record"),
        change: { reviewId, ownerId, text, dueOn: kstDay(new Date()) },
      }),
    effect: async ({ text }) => (await count("SELECT count(*) n FROM access_findings WHERE text = $1", text)) === 1,
    ids: ["reviewId"],
    refusal: 404,
  },
} satisfies Partial<Record<Permission, Probe>>;
