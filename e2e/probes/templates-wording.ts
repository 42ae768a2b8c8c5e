import type { Permission } from "@/lib/auth/permissions";
import { kstDay } from "@/lib/clock";
import { count, fresh, type Probe, sendForm } from "./probe";
import { template } from "./templates";

export const wordingProbes = {
  "template:export": {
    target: async (company) => template(company, "used"),
    act: (who, { id = "" }, home) =>
      sendForm(who, {
        giver: home.people.MARKETER.caller,
        page: "/templates/transfer",
        has: { way: true, which: true },
        change: { way: "csv", which: "chosen", ids: id },
      }),
    effect: async ({ id = "" }, answer) => answer.status === 200 && answer.text.includes(id),
    ids: ["id"],
    refusal: 404,
  },
  "word-rule:edit": {
    target: async () => ({ words: fresh() }),
    act: (who, { words = "" }, home) =>
      sendForm(who, {
        giver: home.people.COMPLIANCE_OFFICER.caller,
        page: "/templates/wording",
        has: { words: true, fromOn: true },
        change: { kind: "forbidden", words, severity: "warning", fromOn: kstDay(new Date()) },
      }),
    effect: async ({ words }) => (await count("SELECT count(*) n FROM word_rules WHERE words = $1", words)) === 1,
    ids: [],
    refusal: 404,
  },
} satisfies Partial<Record<Permission, Probe>>;
