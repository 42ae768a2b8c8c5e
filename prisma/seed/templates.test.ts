import { expect, it } from "vitest";
import { judge } from "@/lib/templates/rules/judge";
import { isPlain } from "@/lib/templates/rules/report";
import { messageTypes } from "@/lib/templates/schema/content";
import { type MediaName, mediaFactsOf, mediaNames } from "./template-media";
import { templatePlansOf } from "./template-plans";

const templatePlans = templatePlansOf((name) => name);
const media = new Map(mediaNames.map((name: MediaName) => [name as string, mediaFactsOf(name)]));
const versions = templatePlans.flatMap((plan) => plan.versions.map((version) => ({ name: plan.name, ...version })));

it("shows every type, every state and both families", () => {
  expect(new Set(versions.map(({ content }) => content.type))).toEqual(new Set(messageTypes));
  expect(new Set(versions.map(({ until }) => until))).toEqual(
    new Set(["draft", "submitted", "returned", "approved", "used", "retired"]),
  );
  expect(templatePlans.filter(({ archived }) => archived)).toHaveLength(1);
  expect(versions.some(({ content }) => !isPlain(content.type))).toBe(true);
  expect(new Set(templatePlans.map(({ name }) => name)).size).toBe(templatePlans.length);
});

it.each(versions.filter(({ until }) => until !== "draft"))(
  "submits nothing that breaks a rule: $name",
  ({ content }) => {
    expect(judge(content, { media }).findings).toEqual([]);
  },
);
