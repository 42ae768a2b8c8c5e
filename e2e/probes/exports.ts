// Who may take consultations out of the house.
import { type Company, makeConsult } from "../harness-company";
import { row } from "../harness-database";
import { count, fresh, type Probe, sendForm } from "./probe";

export const exportProbes = {
  "transcript:export": {
    target: async (company: Company) => {
      const sessionId = await makeConsult(company, company.channelId, company.connectionId);
      const { session } = await row<{ session: string }>(
        "SELECT external_id AS session FROM consult_sessions WHERE id = $1",
        [sessionId],
      );
      return { session, purposeId: company.purposeId, reason: `시험으로 내보냅니다. ${fresh()}` };
    },
    act: (who, { session = "", purposeId = "", reason = "" }, home) =>
      sendForm(who, {
        giver: home.people.COMPLIANCE_OFFICER.caller,
        page: "/transcripts/exports/new?session=probe",
        has: { format: true, purposeId: true, reason: true },
        change: { session, purposeId, reason, format: "csv" },
      }),
    effect: async ({ reason }) =>
      (await count("SELECT count(*) n FROM transcript_exports WHERE reason = $1", reason)) === 1,
    ids: ["purposeId"],
    refusal: 404,
  },
} satisfies Partial<Record<string, Probe>>;
