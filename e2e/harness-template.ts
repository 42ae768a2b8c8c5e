import { createTemplate } from "@/lib/templates/commands/save-draft";
import { approveTemplate, submitTemplate, takeTemplateInUse } from "@/lib/templates/commands/take-step";
import { contentHash } from "@/lib/templates/rules/content-hash";
import { templateContentSchema } from "@/lib/templates/schema/content";
import { createTemplateSchema, takeTemplateInUseSchema } from "@/lib/templates/schema/template";
import type { Company } from "./harness-company";
import { fresh } from "./probes/probe";

/** A template in use with one value to fill, of ten characters at most. @returns its name */
export async function templateInUse({ people }: Company): Promise<string> {
  const name = `접수 안내 ${fresh()}`;
  const content = templateContentSchema.parse({
    ...{ type: "PLAIN_TEXT", text: "#{상품}은 접수했습니다." },
    variables: [{ name: "상품", samples: ["책상"], max: 10 }],
  });
  const id = await createTemplate(people.MARKETER.actor, createTemplateSchema.parse({ name, content }));
  const about = { templateId: id, hash: contentHash(content), note: "" };
  await submitTemplate(people.MARKETER.actor, about);
  await approveTemplate(people.COMPLIANCE_OFFICER.actor, about);
  await takeTemplateInUse(people.MARKETER.actor, takeTemplateInUseSchema.parse({ ...about, way: "agents" }));
  return name;
}
