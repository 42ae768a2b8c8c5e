// What the demonstration company says and does not say: the examples, taken over, and two rules of its own.
import type { PersonActor } from "@/lib/auth/actor";
import { ingest } from "@/lib/auth/door";
import { kstDay } from "@/lib/clock";
import { fromDay } from "@/lib/day-column";
import { exampleWordRules } from "@/lib/templates/rules/wording";
import { seededId } from "./channels";
import { recordPastEvent } from "./past-event";
import { ago } from "./privacy";

const daysAgo = 240;
const own = [
  {
    ...{ kind: "forbidden", words: "당일 도착 보장", first: false, tag: "배송", severity: "warning" },
    reason: "배송일은 물류사 사정으로 바뀔 수 있습니다",
  },
  {
    ...{ kind: "forbidden", words: "품절 임박", first: false, tag: "", severity: "warning" },
    reason: "재촉하는 말을 쓰지 않습니다",
  },
];

/** The list of words of a company, once. */
export async function seedWordRules({ now, officer }: { now: Date; officer: PersonActor }): Promise<void> {
  await ingest(officer, "word-rule:edit", async (tx) => {
    if ((await tx.wordRule.count()) > 0) return;
    const { organizationId, personId } = officer;
    const at = ago(now, daysAgo, 11);
    const dates = { fromOn: fromDay(kstDay(at)), untilOn: null };
    const rules = [
      ...exampleWordRules.map((rule) => ({ ...rule, example: true })),
      ...own.map((rule) => ({ ...rule, example: false })),
    ];
    for (const rule of rules) {
      const id = seededId(organizationId, "word-rule", `${rule.kind} ${rule.words} ${rule.tag}`);
      await tx.wordRule.create({ data: { ...rule, ...dates, id, organizationId, personId, at } });
      const { kind, words, tag, severity } = rule;
      if (!rule.example)
        await recordPastEvent(tx, officer, at, {
          action: "word-rule.added",
          target: { kind: "word-rule", id },
          body: { kind, words, tag, severity, from: kstDay(at), until: "" },
        });
    }
    await recordPastEvent(tx, officer, at, {
      action: "word-rule.examples-added",
      target: { kind: "organization", id: organizationId },
      body: { count: exampleWordRules.length },
    });
  });
}
