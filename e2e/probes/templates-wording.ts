import type { Permission } from "@/lib/auth/permissions";
import { kstDay } from "@/lib/clock";
import { receiveTemplateImport } from "@/lib/templates/commands/receive-import";
import { wordingOf } from "../harness-company";
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
  "template:import": {
    target: async (company) => {
      const { id } = await template(company, "draft");
      const words = fresh();
      const text = `안녕하세요 ${company.marker} 고객센터입니다.`;
      const importId = await receiveTemplateImport(company.people.MARKETER.actor, wordingOf(id, text, words), 0);
      return { importId, words };
    },
    act: (who, { importId = "" }, home) =>
      sendForm(who, {
        giver: home.people.MARKETER.caller,
        page: `/templates/transfer/${home.templateImportId}`,
        has: { importId: true, rows: true },
        change: { importId, rows: "0" },
      }),
    effect: async ({ words }) =>
      (await count("SELECT count(*) n FROM template_drafts WHERE content->>'text' = $1", words)) === 1,
    ids: ["importId"],
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
