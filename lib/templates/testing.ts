// What template tests stand on.

import type { TestCompany } from "@/lib/test-company";
import { createTemplate } from "./commands/save-draft";
import { approveTemplate, submitTemplate, takeTemplateInUse } from "./commands/take-step";
import { contentHash } from "./rules/content-hash";
import { type TemplateContent, templateContentSchema } from "./schema/content";
import {
  approveTemplateSchema,
  createTemplateSchema,
  submitTemplateSchema,
  takeTemplateInUseSchema,
} from "./schema/template";

/** A plain text that breaks no rule. */
export function plainText(text: string): TemplateContent {
  return templateContentSchema.parse({ type: "PLAIN_TEXT", text });
}

/** A template brought as far as `state` by the marketer and the officer. @returns its id and the hash of what it says */
export async function templateIn(
  company: TestCompany,
  state: "draft" | "submitted" | "approved" | "used",
  {
    name = "운영 시간 안내",
    content = plainText("상담은 평일 9시부터 18시까지 합니다."),
    channelId = null as string | null,
  } = {},
): Promise<{ id: string; hash: string }> {
  const { marketer, officer } = company;
  const id = await createTemplate(marketer, createTemplateSchema.parse({ name, channelId, content }));
  const hash = contentHash(content);
  const about = { templateId: id, hash };
  if (state !== "draft") await submitTemplate(marketer, submitTemplateSchema.parse(about));
  if (state === "approved" || state === "used") await approveTemplate(officer, approveTemplateSchema.parse(about));
  if (state === "used") await takeTemplateInUse(marketer, takeTemplateInUseSchema.parse({ ...about, way: "agents" }));
  await company.mark();
  return { id, hash };
}
