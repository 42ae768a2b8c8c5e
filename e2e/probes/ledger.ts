// Who may read the destruction ledger. Each line is entered anew by the officer.
import { randomBytes } from "node:crypto";
import type { Permission } from "@/lib/auth/permissions";
import { kstDay } from "@/lib/clock";
import { recordLedger } from "@/lib/retention/commands/record-ledger";
import { recordLedgerSchema } from "@/lib/retention/schema/ledger";
import { count, fresh, type Probe, sendForm } from "./probe";

export const ledgerProbes = {
  "ledger:read": {
    target: async (company) => {
      const now = new Date();
      const today = kstDay(now);
      const fileName = `상담 출력물 ${randomBytes(4).toString("hex")}`;
      const given = recordLedgerSchema.parse({
        ...{ fileName, material: "paper", madeFrom: today, madeTo: today, count: 3 },
        ...{ destroyedOn: today, reason: "period-over", method: "shredded" },
      });
      await recordLedger(company.people.COMPLIANCE_OFFICER.actor, given, now);
      return { fileName };
    },
    act: (who) => who.get("/retention/ledger"),
    effect: async ({ fileName = "" }, answer) => answer.status === 200 && answer.text.includes(fileName),
    ids: [],
    refusal: 403,
  },
  "ledger:record": {
    target: async () => ({ fileName: `상담 출력물 ${fresh()}` }),
    act: (who, { fileName = "" }, home) =>
      sendForm(who, {
        giver: home.people.COMPLIANCE_OFFICER.caller,
        page: "/retention/ledger/new",
        has: { fileName: true },
        change: { fileName, madeFrom: kstDay(new Date()), madeTo: kstDay(new Date()), destroyedOn: kstDay(new Date()) },
      }),
    effect: async ({ fileName }) =>
      (await count("SELECT count(*) n FROM ledger_entries WHERE file_name = $1", fileName)) === 1,
    ids: [],
    refusal: 404,
  },
} satisfies Partial<Record<Permission, Probe>>;
